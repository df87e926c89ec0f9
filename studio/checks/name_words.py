"""Tables about names: which are words too, who is spoken of with a title, what is named after people.

Made by hand for the rules about people; where a table is silent, the rules ask. Sources: Kamus Besar Bahasa Indonesia
for the words; PPRA (Peraturan Dewan Pers 1/2019) and newspapers for how cases are reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base import locale_forms

if TYPE_CHECKING:
    from collections.abc import Mapping


def word_set(words: str) -> frozenset[str]:
    """Words between spaces, as a set."""
    return frozenset(words.split())


COMMON = word_set(
    "made gede ramadan ramadhan "
    "abadi abdi adik adil agung ahad air aji aman amal amanah ambar anak anggun anggrek angin anugerah "
    "anugrah arif aroma arum asa asih asli asri asta aura awan ayu bagus bahagia bakti bangun bapak "
    "barokah baru batu bayu berkah berkat berlian bersih besar biru bulan bunga bungsu buana buah bumi "
    "cahaya cahya candra cantik catur cempaka cendana cerdas cinta citra damai dara darma delima dewa "
    "dewi dian dini dua dwi eka elok emas embun enam esa fajar fitrah fitri gading gajah galih gemilang "
    "giat gita giri guna guntur guru hadiah haji hakim harapan hari hati harum hidayah hijau hikmah hujan "
    "ibu idaman ikhlas ilham iman indah insan intan irama islam jati jaya jelita jernih jiwa jujur juli "
    "juni kakak kamboja karunia karya kasih kasturi kembang kemuning kenanga kencana kirana kota kuat "
    "kuncup kuning kurnia kusuma laksana langit laras laut lembayung lestari lima limpah lintang luhur "
    "mahkota maju makmur manis mas matahari maulana mawar mega mei mekar melati melur menik mentari menur "
    "merah merak merdeka merpati mina minggu molek muda mulia murni mutiara nabi nada nilam nirmala nur "
    "nurani nusa pagi pahlawan panca panji pelangi pelita perdana permai permata pertama pertiwi perwira "
    "pijar pratama pria prima puan pandu puja purnama puspa puspita putih putra putri raga rahmat raja "
    "ratna ratu rejeki rembulan rezeki ria riang rimba rindu rini rosa rukun sabar saka sakti sandi sang "
    "sapta sari satria satu satya segara sehat sejahtera sejati sekar selamat selaras semesta senang seni "
    "senja sentosa seruni setia siang sinar sri suci suka sukma sulung surga surya syahid syawal syukur "
    "tanjung tari taruna taufik teguh teratai terang tiara timur tirta titik tri tua tulus tunas tunggal "
    "umi utama utami utara wahyu wangi wanita warna wijaya wira wulan yoga zaman"
)
"""Words of names that are words of the language too."""

GENERIC = word_set(
    "anak korban bayi balita siswa siswi murid pelajar saksi pelaku tersangka terdakwa ibu bapak ayah pak "
    "bu nama samaran inisial warga kelas seorang dan yang dari di bin binti alias al el van de der la st "
    "muh moch moh mohd md abd hj haji hajjah drs dra dr ir spd sag sh se st amd alm almarhum almarhumah "
    "cucu adik kakak nenek kakek paman bibi orang tua wali kelurahan desa dusun kampung tante om mas mbak "
    "kang neng dik dek bang kak ni ning teh si sang ustaz ustazah kh"
)
"""Words of a name field that are no name."""

PREFIXES = word_set(
    "siti muhammad mohammad muhamad mochamad muchamad mohamad ahmad achmad akhmad abdul nur noor sri dewi "
    "putri ni wayan made nyoman ketut gede putu kadek komang luh gusti ida raden andi daeng teuku cut "
    "tengku sitti"
)
"""Begins so many names that, before another name, it leads to nobody."""

MONTHS = word_set(
    " ".join(locale_forms.MONTHS).lower() + " "
    "muharram muharam safar rajab syakban ramadan ramadhan syawal zulkaidah zulhijah zulhijjah"
)
"""Of both calendars in use."""
MONTH_BEFORE = word_set("awal akhir pertengahan medio bulan")
MONTH_AFTER = word_set("lalu mendatang nanti depan")

MONTH_SINCE = word_set("pada sejak hingga sampai mulai per selama jelang menjelang memasuki sepanjang tiap setiap")
MONTHS_JOINED = word_set("dan hingga sampai atau ke")

REVERED = word_set(
    "nabi rasul rasulullah malaikat khalifah sayidina sayyidina sayidah sayyidah surah surat sunan sahabat"
)
"""Right before one name they mean someone of religion or history, or a chapter of the Quran."""
REVERED_AFTER = word_set("saw saws as ra shallallahu alaihissalam radhiyallahu")
"""Short blessings behind such a name: "Isa as."."""
SUFFERED = word_set(
    "dirawat menangis meninggal tewas wafat dianiaya dipukul dipukuli dicabuli diperkosa diculik dirundung disiksa "
    "luka terluka trauma hamil hilang pulang"
)
"""Behind a word with a capital they say that it is a person, whatever stands before."""

SAID_OF_SOMEBODY = word_set(
    "adalah ialah ikut jatuh datang pergi lahir sakit lari naik turun masuk keluar tinggal kini sudah telah akan masih "
    "sedang belum tidak bukan juga pernah harus ingin mau bisa dapat yang bersama sendiri hanya sempat lalu kemudian "
    "kembali tetap saja pun selalu sering memang saat ketika sebagai asal usia umur kelas binti sekolah bilang kata "
    "tampak tahu takut malu marah sedih senang bangga cerita cucu istri suami menantu hamil"
)
"""Behind a word at the beginning of a sentence they say that someone is meant."""
VERB = re.compile(r"(?:me|ber|di|ter|ke\w+an$)")

_RAMADAN = (
    word_set(
        "bulan pada selama pasar suci puasa jelang menjelang sambut menyambut saat awal akhir setiap hari malam di "
        "kegiatan safari pesantren takjil edisi berkah semarak festival bazar bazaar pondok imsakiyah imsakiah kultum "
        "tadarus tarawih tarling ngabuburit sahur iftar kajian gema marhaban sanlat nuansa spirit suasana ya ramadhan"
    ),
    word_set("tahun tiba suci ini lalu mendatang kareem berkah dan fair expo ceria"),
)

_AWARD = (
    word_set("malam meraih menerima penerima penghargaan piala ajang sebagai mendapat terima sebuah"),
    word_set(
        "desa adiwiyata kalpataru keterbukaan lingkungan adipura parahita kebudayaan jurnalistik pesona wisata "
        "pariwisata inovasi tuhan ilahi terindah bagi dari yang sastra seni gubernur bupati presiden pers"
    ),
)
_FORTUNE = word_set("warga kita kami yang halal keluarga tambahan itu ini")

COLLOCATIONS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "bunga": (
        word_set(
            "taman kebun karangan buket tanaman setangkai sekuntum toko pasar budidaya rangkaian menanam tanam "
            "aneka hari suku kelopak vas pot jenis warna panen tabur menabur hiasan lomba merangkai petani "
            "penjual pedagang berbagai"
        ),
        word_set(
            "matahari mawar anggrek kertas sepatu bangkai rampai melati kamboja kenanga tulip hias potong krisan "
            "sedap telang rosela edelweis sakura bank pinjaman kredit deposito tabungan utang api desa es kol "
            "pasir pacar asoka bugenvil teratai kuning merah putih plastik papan tapak soka turi pepaya pisang "
            "kantil cempaka majemuk"
        ),
    ),
    "melati": (word_set("bunga kembang roncean ronce tim teh wangi minyak pasukan"), word_set("putih air gambir")),
    "mawar": (word_set("bunga kembang air minyak"), word_set("merah putih kuning berduri")),
    "matahari": (
        word_set("bunga cahaya sinar terik panas terbit terbenam tenaga"),
        word_set("terbit terbenam pagi sore"),
    ),
    "indah": (
        word_set(
            "pemandangan alam pantai taman desa kampung lingkungan sangat lebih paling nan begitu cukup bersih "
            "keindahan panorama suasana kenangan akhlak terlihat tampak asri rapi tetap makin semakin hijau dan "
            "pulau sungai"
        ),
        word_set("sekali nian dan permai alam pemandangan itu asri dipandang rupawan bersih"),
    ),
    "putri": (
        word_set(
            "tim voli bola regu pondok asrama pesantren santri ganda tunggal kategori putra kelas siswa pelajar "
            "peserta pemuda olahraga atlet seorang cabang tari duta dan"
        ),
        word_set(
            "indonesia daerah bungsu sulung kedua pertama ketiga tunggal kepala raja malu duyung salju dan kandung"
        ),
    ),
    "putra": (
        word_set("tim voli bola regu pondok asrama pesantren santri ganda tunggal kategori pemuda seorang putri"),
        word_set("putri daerah bangsa altar bungsu sulung kedua pertama indonesia dan"),
    ),
    "ayu": (word_set("denok gandrung tirta"), word_set("tingting")),
    "eka": (word_set("tri dwi"), word_set("prasetya")),
    "dwi": (word_set("eka"), word_set("fungsi warna tunggal bahasa")),
    "tri": (word_set(""), word_set("hita dharma darma brata sukses")),
    "sri": (word_set("dewi hikayat"), word_set("lanka rejeki")),
    "nur": (word_set(""), word_set("ilahi")),
    "fitri": (word_set("idul hari raya lebaran"), word_set("")),
    "fitrah": (word_set("zakat"), word_set("")),
    "dini": (word_set("usia sejak peringatan deteksi pernikahan nikah kawin pagi anak"), word_set("hari")),
    "lestari": (
        word_set("alam lingkungan hutan desa budaya tetap agar hijau adat rumah pangan bumi sumber"),
        word_set("dan alam alamku"),
    ),
    "cahaya": (word_set("sinar seberkas bercahaya lampu"), word_set("matahari lampu bulan terang")),
    "bulan": (
        word_set("tiap per setiap sebulan awal akhir"),
        word_set("puasa dana bakti suci depan lalu ini imunisasi") | MONTHS,
    ),
    "fajar": (word_set("salat terbit saat"), word_set("menyingsing sidik")),
    "bintang": (word_set("piala lapangan"), word_set("film tamu")),
    "muda": (word_set("kaum anak generasi usia orang"), word_set("mudi")),
    "dewi": (word_set("ibu"), word_set("sri")),
    "mega": (word_set(""), word_set("proyek mendung")),
    "intan": (word_set("berlian"), word_set("permata")),
    "harapan": (word_set("memberi keluarga program rumah"), word_set("warga kami besar masyarakat petani")),
    "kasih": (word_set("terima tanda"), word_set("sayang dan")),
    "sari": (word_set("inti taman bali"), word_set("laut tanaman bunga")),
    "setia": (word_set("tetap"), word_set("kawan pada")),
    "jaya": (word_set(""), word_set("")),
    "agung": (word_set("hari masjid raya jaksa mahkamah kejaksaan tamu sultan imam gong"), word_set("")),
    "wahyu": (word_set("turunnya menerima"), word_set("")),
    "ramadan": _RAMADAN,
    "ramadhan": _RAMADAN,
    "muhammad": (word_set("nabi maulid rasulullah umat baginda"), word_set("saw shallallahu")),
    "nabi": (word_set("maulid"), word_set("muhammad")),
    "maulid": (word_set("peringatan memperingati perayaan hari pengajian"), word_set("nabi muhammad akbar")),
    "maulana": (word_set(""), word_set("habib malik ishak ishaq")),
    "akbar": (
        word_set(
            "tabligh tablig pengajian allahu allah istighosah istigasah istighasah apel takbir reuni doa haul "
            "konser rapat temu parade panen bazar lomba maulid zikir dzikir selawat salawat sholawat karnaval "
            "istana kenduri pawai silaturahmi silaturahim kajian halalbihalal bihalal musyawarah"
        ),
        word_set(""),
    ),
    "anugerah": (_AWARD[0], _AWARD[1]),
    "anugrah": (_AWARD[0], _AWARD[1]),
    "surya": (
        word_set("tenaga panel energi lampu listrik pompa sinar pembangkit sel kompor pemanas"),
        word_set("atap rumahan"),
    ),
    "rezeki": (word_set("sumber mencari membawa berbagi menjadi murah menjemput pintu"), _FORTUNE),
    "rejeki": (word_set("sumber mencari membawa berbagi menjadi murah menjemput pintu"), _FORTUNE),
    "minggu": (word_set("hari tiap akhir setiap"), word_set("pagi siang sore malam depan lalu")),
}
"""What stands before or after a common word where it is no name: "bunga matahari", "pemandangan indah"."""


def beside_each_other(one: str, two: str) -> bool:
    """Whether two common words stand beside each other in the language: "bunga melati"."""
    nothing: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    return two in COLLOCATIONS.get(one, nothing)[1] or one in COLLOCATIONS.get(two, nothing)[0]


INSTITUTIONS = word_set(
    "jalan jl jln gang gg lorong desa ds dusun dsn kelurahan kecamatan kabupaten kota provinsi kampung kp "
    "posyandu tani ternak nelayan wisata kwt gapoktan poktan koperasi bumdes pkk sanggar yayasan pt cv ud "
    "hotel taman sungai kali gunung pantai pulau danau waduk lapangan stadion gedung balai puskesmas rs "
    "rsud rsia rsu klinik apotek bank hutan program gerakan lomba festival piala liga turnamen perumahan "
    "perum kompleks griya jembatan terminal stasiun pelabuhan bandara masjid musala musholla mushola "
    "surau langgar gereja pura vihara majelis pondok pesantren ponpes universitas sekolah tk paud ra sd "
    "sdn mi smp smpn mts sma sman smk smkn ma pasar toserba radio tim grup orkes bukit kebun wisma "
    "karang monumen hari bulan operasi partai kapal bus bidang waroeng kawasan wilayah blok nagari gampong bus "
    "bendungan embung curug telaga"
)
"""What follows one of these is the name of a place, a group or an event, not of a person."""

OFFICES = word_set(
    "kepala ketua wakil sekretaris bendahara camat lurah bupati gubernur kades kadus kasi kasun kaur "
    "bidan dokter dr drg perawat guru ustaz ustazah ustadz kh kiai nyai pendeta pastor kapolsek kapolres "
    "kapolri danramil babinsa bhabinkamtibmas bripka aipda aiptu iptu ipda akp serka sertu serda kopda "
    "letkol kapten direktur manajer penyuluh kader koordinator pengelola staf operator pendamping pengusaha dosen "
    "prof drs dra ir peneliti wartawan petani nelayan pedagang perajin pelatih wasit menteri presiden "
    "hakim jaksa advokat pengacara psikolog"
)
"""What no child is: with one of these and a name of their own someone is another person."""

TITLES = word_set(
    "pak bu ibu bapak mbak mas kang teh om tante bang mbok mbah h hj haji ustaz ustazah ustadz nyonya "
    "tuan ny tn uda uni bunda mak emak abah abi umi nenek kakek paman bibi bude pakde bulik paklik budhe "
    "pakdhe oma opa engkong inang amang"
)
"""Written before the names of grown-ups."""
CALLS = TITLES | word_set("dik dek adik kak kakak neng ning nok gus cak ananda nanda si cece koko a aa ujang nduk le")
"""Written before any name when someone is called by it."""

CASE_WORDS = word_set(
    "korban anak bocah siswi siswa murid balita bayi remaja gadis pelajar santri santriwati pelaku "
    "tersangka terdakwa saksi adik kakak almarhum almarhumah mendiang alm almh ananda keluarga penyintas "
    "nama namanya panggilan akrab abg perempuan pemuda pemudi pasien"
)
"""Before a name or an initial they say that this is the one."""
POINTING = word_set(
    "korban bocah siswi si almarhum almarhumah mendiang dik dek neng nak ananda penyintas berinisial bernama"
)
"""Before a word without a capital they say that it is a person's name; "anak indah" says nothing."""
NAMING = word_set("bernama dipanggil disapa panggilannya alias inisial berinisial inisialnya dijuluki bernamakan")
"""After these stands a name, with or without a capital."""

SPEECH_BEFORE = word_set(
    "kata ujar ucap tutur jelas ungkap terang papar imbuh tambah tegas sebut lanjut menurut harap pesan "
    "tandas cetus sambung katanya pungkas timpal beber aku"
)
SPEECH_AFTER = word_set(
    "mengatakan menjelaskan menuturkan mengungkapkan menyampaikan menambahkan menegaskan menyebut "
    "menyebutkan berharap mengimbau mengajak meminta berpesan menerangkan memaparkan menilai "
    "mengapresiasi membenarkan membuka menutup"
)

CLITICS = ("nya", "ku", "mu", "lah", "kah", "pun")
REGIONAL_ENDINGS = ("nipun", "ipun", "jih", "nyo", "ne", "na", "ta", "e")
"""The same in Javanese, Sundanese, Madurese, Balinese, Minangkabau, Bugis, Makassarese, Acehnese, without accents."""
_LEAST_STEM = 3


def regional_stems(word: str) -> frozenset[str]:
    """What may stand before such an ending: of ``ranine`` rani and ranin; shorter than three letters nothing."""
    stems = (word.removesuffix(ending) for ending in REGIONAL_ENDINGS)
    return frozenset(stem for stem in stems if stem != word and len(stem) >= _LEAST_STEM)


NO_INITIALS = word_set(
    "rt rw kk ri bpd kim sd tk kb pkk kua ktp bpjs pdam pln tni dpr dprd wa hp ac tv cd ai apd apbd apbn "
    "bpk bpr bri bni btn bsi bumdes blt bbm bpn bnn bnpb bpbd bmkg bps bkkbn kbm kbb kis kip kpu kpk lpm "
    "lpmd lsm mck mi ma mts mui nu pt pns asn p3k pppk posyandu ppl ppid ps qr rs rsud sim sk skck sma "
    "smk smp sdn spbu spp stnk tpa tps tpq tpu ud umkm upt usg uu wc wib wit wita wni pmi pmk pgri psht "
    "paud pkh pos ppkm pam pa pn pp dp dd add adk pad dkk dll jl no ok oke id it ia cv um up ut ika ikk "
    "led pc ig fb yt sms gps usb as ii iii iv vi vii viii ix xi xii co hiv odgj kdrt lpka bapas p2tp2a "
    "phk ikm tkw tki pmi tppo odha pms imd gbv"
)
"""Short forms that are no initials unless a text says so ("berinisial RI")."""
CLASSIFIERS = word_set(
    "blok kelas tipe type golongan vitamin hepatitis huruf poin butir rencana plan paket grup seri zona "
    "lampiran ruang gedung jalur nomor jalan influenza lantai pintu gerbang posisi tabel gambar bagan "
    "pasal ayat bagian kategori peringkat nilai akreditasi sim darah lapangan tribun jurusan kelompok tim "
    "regu soal cabang sayap terminal kapal level"
)
"""A single letter after one of these is no initial."""
JOINING = word_set(
    "bahwa karena saat ketika agar sehingga dan oleh kepada terhadap dengan untuk melihat membawa "
    "menjemput mengantar menemani dari bagi namun sementara setelah sebelum lalu kemudian tetapi sejak "
    "sampai hingga jika kalau meski bersama"
)

TAG_WORDS = word_set(
    "save pray prayfor for justice justicefor keadilan keadilanuntuk untuk stay strong staystrong kuat "
    "sembuh semangat doa doakan peduli bantu tolong selamatkan kami bersama with getwell soon rip selamat "
    "jalan ibu ayah keluarga adik dik kakak anak bayi korban almarhum almarhumah alm kasus usut tuntas "
    "tegakkan love we i miss rindu pulang pulanglah cari dicari hilang orang temukan find its real the my "
    "our kita team teman sahabat si neng mas mbak kak dek ananda story diary id official update kabar "
    "berita foto video img wa dan hbd ultah terima kasih sehat cepat lekas membaik pejuang bunda"
)
"""What stands around a name in hashtags and accounts."""
