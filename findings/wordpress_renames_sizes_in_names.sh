#!/usr/bin/env bash
# WordPress 6.1.9 (Debian 12's package) is sent a card or a document into an empty upload folder (needs php-cli; no database, no server).
# Guess:   a file gets a number behind its name only when one of that name is there, so a first upload keeps its name, and whoever sends a folder
#          again finds by file name what is there already.
# Happens: a name that ends like one of WordPress' own smaller copies (-1080x1350, -1x1, -scaled, -rotated) always gets a number, -1, also in an
#          empty folder, whatever the digits mean and although a .pdf has no smaller copies. The name that is asked for later does not exist, so every
#          round sends the file once more. "-2" at the end, or the size in the middle, is left alone. Media must be found by a slug or the id in
#          the answer, or the size kept off the end of the name.
# Source:  wp-includes/functions.php, wp_unique_filename(), "Always append a number to file names that can potentially match image sub-size file
#          names" (5.3.1 and later).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
(chmod 777 . && apt-get download -q wordpress=6.1.9+dfsg1-0+deb12u1 || apt-get download -q wordpress) > download.txt 2>&1
dpkg-deb -x wordpress_*.deb package
mkdir -p content/uploads
cat > names.php <<'PHP'
<?php
$here = $argv[1];
define('ABSPATH', "$here/package/usr/share/wordpress/");
define('WPINC', 'wp-includes');
define('WP_CONTENT_DIR', "$here/content");
define('WP_CONTENT_URL', 'http://desa.example/content');
foreach (['load', 'plugin', 'cache', 'functions', 'formatting', 'l10n', 'version'] as $part) {
    require ABSPATH . WPINC . "/$part.php";
}
wp_cache_init();
// What a new site answers, without its database.
foreach (['siteurl', 'home', 'upload_path', 'upload_url_path', 'uploads_use_yearmonth_folders', 'timezone_string', 'gmt_offset'] as $name) {
    add_filter("pre_option_$name", fn() => '0');
}
foreach (['foto.jpg', 'kartu-1080x1350.jpg', 'rt-01x02.png', 'laporan-3x4.pdf', 'panen-scaled.jpg', 'foto-2.jpg', 'kartu-1080x1350-depan.jpg'] as $name) {
    echo "$name -> ", wp_unique_filename("$here/content/uploads", $name), "\n";
}
PHP
php names.php "$dir" | tee seen.txt
diff - seen.txt <<'TXT' || { echo "the behaviour changed"; exit 1; }
foto.jpg -> foto.jpg
kartu-1080x1350.jpg -> kartu-1080x1350-1.jpg
rt-01x02.png -> rt-01x02-1.png
laporan-3x4.pdf -> laporan-3x4-1.pdf
panen-scaled.jpg -> panen-scaled-1.jpg
foto-2.jpg -> foto-2.jpg
kartu-1080x1350-depan.jpg -> kartu-1080x1350-depan.jpg
TXT
