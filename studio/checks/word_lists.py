"""Word lists of the rules about language."""

from __future__ import annotations

from studio.base.locale_forms import MONTHS, WEEKDAYS
from studio.story.text import word_set

PLACES = word_set("""
    mana sini situ sana atas bawah dalam luar antara samping belakang depan seluruh muka hadapan tengah tepi
    pinggir ujung sekitar sekeliling sebelah seberang balik celah sela tempat lokasi wilayah daerah kawasan
    lingkungan rumah sekolah kota desa kampung dusun kelurahan kecamatan kabupaten provinsi negara pasar balai
    kantor gedung jalan masjid musala gereja pura vihara lapangan sawah kebun ladang sungai pantai laut gunung
    hutan bulan hari tahun malam pagi siang sore akhir awal pusat bidang tangan kepala hati mata meja kursi
    lantai dinding pintu jendela halaman kelas kampus posyandu puskesmas warung toko terminal stasiun bandara
    pelabuhan mobil motor media internet indonesia jawa jakarta bali sumatra kalimantan sulawesi papua aula
    pendopo pendapa pos dekat hulu hilir darat udara bukit lereng lembah kanan kiri puncak muara dasar tebing
    rantau pentas panggung layar ruang kolam kamar makam pondok panti teras tanggul bantaran jembatan simpang
    setiap tiap berbagai beberapa sebuah suatu semua segala waktu saat masa musim era zaman bekas acara kegiatan
    sektor tingkat tahap rt rw banjar nagari gampong kandang gudang los lapak mulut pelosok negeri dunia bumi
    langit angkasa rumahnya antaranya dalamnya atasnya bawahnya sekitarnya
""")
"""After di and ke these are places, times and what leads to them: written apart (EYD V, II.L)."""
ACTIVE_STEMS = word_set("""
    buat bawa beri ambil minta bagi pasang tanam gelar buka tutup bangun jual beli cat dapat hadir ikut pakai
    jaga panen potong angkat kirim tulis baca periksa rawat olah cuci masak kelola bantu dukung ajak latih didik
    bentuk pimpin mulai ikuti adakan adu ajar akui alami amati anggap angkut antar asuh atur ayak bahas bakar
    balas banding bantah batalkan batasi bayar bebani bedakan bekali bela benahi bersih besarkan bina bor
    bongkar bubar bujuk bungkus buru cabut campur canangkan cari catat cegah cek cetak cicil cinta cor culik
    curi datangi data daftar dampingi dandani danai dengar desak desain dirikan dorong duga duduki edarkan
    ekspor evakuasi evaluasi ganti gali ganggu garap gotong gratiskan gunakan guyur hadapi hadiri hapus hajar
    hantam harap hentikan hias hibah hidangkan hitung hukum huni ikat impor imbau inap incar ingat injak isi
    jabat jadikan jadwal jahit jalani jatuhi jawab jelaskan jemput jemur jerat jilid jumpai kabar kaji kampanye
    kawal keluarkan kemas kembali kenal kenai kerah kerjakan keruk ketahui ketuai kirab konsumsi koordinasi
    korban kritik kubur kuasai kumpul kunci kunjungi kupas kuras kurangi lakukan laksanakan lamar langgar lanjut
    lantik lapor larang lawan layani lelang lepas lestari letak libat lihat lindungi liput luncurkan lupa
    maafkan mandikan makan makamkan makzulkan mana mandat manfaat mantap masuk masukkan mintai miliki modali
    mutasi naikkan nanti nilai nikmati nyatakan nyanyi obati oper operasi ormas pacu padam paham pajang paksa
    pamer panggil pantau pecah pecat pegang pelajari pelihara peluk percaya perang peras perbaiki perbarui
    perbolehkan pergunakan perhatikan peringati perkirakan perkuat perlukan perluas permudah pertahankan
    peruntukkan pesan pidana pikul pilah pilih pindah pinjam pisah prediksi produksi promosi proses puja puji
    pukul pulang pungut pupuk putar putus raih rakit rampas rancang rangkai rangking rasa ratakan raup rayakan
    rebut redam rehab rekam rekrut renovasi resmikan respons revisi ringkus riset rujuk rusak sahkan saji saksi
    saksikan salur sambung sambut sampaikan sandang santuni sapa saring sasar sebar sebut sediakan segel
    selamatkan selenggara selesai selidik semai sembelih sembuh semprot serah serang serap seret sertai
    sesuaikan setor setujui sewa siapkan siarkan simak simpan siram sisihkan sita sokong sorak suguhi sulam
    sumbang sunat suntik survei susul susun tabur tahan tahu tajuk takar tambah tampung tanda tangani tangkap
    tangguh tanggung tanya targetkan tarik taruh tata tawari tebang tebus tekan telaah teliti tembak tempa
    tempati tempel tempuh temu temani tenggelam tentukan terap terbit terima tertib tetapkan tilang timbang
    timbun tinjau tindak tingkat titip tolak tonton tuduh tugas tukar tunda tunggu tuntut turun tuntun tuding
    ubah ucap uji ukir ukur ulang ulas umum umumkan undang undi undur unggah unggul ungkap ungsi unduh urai uruk
    urus usir usul usung vaksin verifikasi wajib wakil wariskan warnai warta wawancara
""") - word_set("""
    kembali mana operasi tingkat rasa korban lupa bersih perang kabar pulang pukul produksi kampanye banding
    umum nanti sunat wajib hukum tugas data kumpul mandat manfaat ormas simpang saksi lestari selamat tajuk
    wakil pidana promosi cinta paham siang kredit jabat obati
""")
"""Stems of verbs without ending, and some with one: with di- written together (EYD V, II.A)."""
NOUNS_IN_I = word_set("""
    lobi kaki pagi sungai pantai balai sini lini segi sisi hari negeri dalam tepi api bumi kali pati kursi
    lokasi televisi koperasi instansi organisasi provinsi kondisi posisi situasi generasi ekonomi teknologi
    media materi strategi industri energi radiasi stasiun komunikasi informasi aplikasi edisi sesi divisi komisi
    fraksi seksi polisi operasi nasi kopi padi roti sapi kami diri istri suami lari jari ini pribadi mimpi janji
    bali banyuwangi bekasi jambi slawi bengkulu sulawesi biologi fisiologi ekologi wali laki bayi puisi bui rami
    peti besi teluri tani dini resmi asli situ inti arti puri
""")
"""Words that end like a verb with -i but are none."""
PUN_JOINED = word_set("""
    adapun andaipun ataupun bagaimanapun biarpun jikapun kalaupun kendatipun maupun meskipun sekalipun
    sungguhpun walaupun
""")
"""The thirteen with pun that are written as one word (EYD V, II.L)."""
FUNCTION_WORDS = word_set("""
    yang dan di ke dari untuk dengan pada ini itu akan telah sudah oleh para serta atau sebuah dalam
""")
"""Words that tell nothing about what a sentence is about."""
LINKING_WORDS = FUNCTION_WORDS | word_set("""
    adalah ialah yakni yaitu juga lalu kemudian karena sehingga agar supaya bagi tentang terhadap kepada
    daripada hingga sampai sejak ketika saat setelah sebelum sambil namun tetapi tapi melainkan maupun seperti
    sebagai bahwa jika bila apabila kalau maka pun antara tanpa secara melalui menuju hanya bisa dapat harus
    belum tidak bukan masih sedang lebih sangat saling selalu sering tersebut bersama beserta selama selain
    selaku guna demi saja lagi sebab seorang sejumlah semua setiap seluruh banyak ada merupakan menjadi
""")
"""Words that a capital inside a sentence never fits (EYD V, I.A)."""
ABBREVIATIONS = word_set("""
    dr drg drh drs dra ir prof hj no jl jln gg rp kab kec kel ds dsn bpk plt plh pj pjs kh hlm dsb dst dll dkk
    tgl ttd an up rt rw km kg st sdr sdri yth pd si sos kom ag hum kes ak mm pt cv vs ii iii iv vi vii viii ix
    telp tlp hp wa tn ny nn dpl cq sd red ket jo prov tbk bin alm almh al m ha cm gr kw rm ust ustd h t
""")
"""Short forms in lower case: no matter of spelling, and a stop after one of them ends no sentence."""
NAMES_THAT_ARE_WORDS = word_set("""
    abadi adil agung ahad alam ali alim aman amal amin anggun angkasa api arif arti asih asri asli asmara atas
    ayu aziz baharu bagus bakti bambang bangun baru basuki bayu bejo berkah berlian bestari biru budi bulan bumi
    bunga bungsu cahaya cahya cantik cempaka cerah cinta citra darma dewa dewi dharma dian djati dodo dwi edi
    eka elang elok embun emas fajar fatwa firman fitrah fitri gading gagah gajah galih gandung garuda gemilang
    gempita gilang giri gono guntur gunawan guruh guru gusti hakim halim hari haris harum harta hasan hikmah
    hidayat hijau hijrah ihsan ilham iman indah insan intan irama islam ismail jati jaya jelita jujur juli juni
    juwita kamal kartika kasih kembang kencana kenanga kirana komala kurnia laksana laksmi langit lapang laras
    layung lazuardi lestari liman lintang luhur luhung lukman lurah madu maharani maju makmur mandiri manis
    mantap mas mawar maya mega mekar melati melur merah merdeka merpati mulia muda mukti mulya murni musa
    mustika mutiara nada naga nanda nasir nasution nikmat nirmala nova nur nuri nusa pahlawan pandu panji
    pelangi pelita permai permata perdana perkasa pertiwi pesona piring pratama pribadi prima puspa putra putri
    putih raden raga rahayu rahmat raja raka rama ramah ratna ratu raya rejeki rezeki riang rida rimba rini
    rizki rosa rukun sabar sadar sahabat sakti salam samudra sandi santai santi santoso sari satria sehat
    sejahtera sejati sekar selamat semangat sempurna senang seno senja sentosa seri serasi setia setiawan siaga
    sigit sinar siti slamet soka subur suci sugih suka sukma sulung sumber supardi surya susanti susila sutra
    syukur tani tari taruna tegar teguh tenang terang teratai tirta tiga timur tri tulus tunas tuti untung utama
    utara utari wage wahyu wangi warna wati wawan wijaya wira wisnu wulan yoga yuda yudha yulia yuni yusuf zahra
    zaman kuncoro joko asa asna bela duta
""")
"""Words that are also names of people, groups and places: a capital inside a sentence may be right."""
OFFICES = word_set("""
    presiden wakil gubernur bupati walikota wali camat lurah kepala kades kadus menteri sekda sekcam sekdes
    sekretaris ketua kapolri kapolda kapolres kapolsek danramil dandim pangdam babinsa bhabinkamtibmas kajari
    hakim jaksa rektor dekan direktur kiai kyai ustaz ustadz haji hajah bapak ibu pak bu mas mbak mbah kang teh
    abah abi umi gus ning nyai tuan nyonya nona saudara saudari kakak adik paman bibi kakek nenek dokter
    profesor insinyur jenderal kolonel mayor kapten letnan sersan kopral prajurit aiptu bripka brigadir kelian
    bendesa jero gede datuk datuak tuanku sultan sunan raja ratu pangeran raden tuhan allah nabi rasul
    rasulullah alquran al-qur'an quran islam kristen katolik hindu buddha puskesmas posyandu polindes pustu
    koramil polsek polres kodim satpol linmas tagana bri bni pancasila ramadan lebaran idulfitri natal nyepi
    waisak imlek paskah maulid isra mikraj syawal rajab muharam sura agustusan proklamasi republik garuda google
    facebook instagram youtube tiktok whatsapp telegram twitter zoom android pemkab pemkot pemprov pemdes polri
    kemensos kemenkes kominfo diskominfo dinkes dinsos pertamina bulog telkom pln perhutani ahad barat
    selatan tenggara magrib isya subuh zuhur asar duha tarawih
""") | word_set(" ".join((*WEEKDAYS, *MONTHS)).lower())
"""Offices, forms of address, holy and other names: whether they take a capital is not for a rule to say."""
BEFORE_NAMES = word_set("""
    kata ujar ucap tutur jelas terang ungkap papar imbuh tambah tegas tandas pungkas sebut cerita kisah sambung
    lanjut bernama pak bu bapak ibu mas mbak mbah kang teh abah gus nyai haji si sang desa dusun kelurahan
    kecamatan kabupaten kota kampung jalan gang pasar sungai gunung bukit pulau pantai danau waduk bendungan
    hotel toko warung masjid musala gereja pura kelompok grup tim klub merek bank kapal kereta film lagu buku
    majalah koran tabloid program aplikasi partai ormas organisasi yayasan perumahan terminal stasiun bandara
    pelabuhan simpang blok rt rw almarhum almarhumah kepada oleh dijuluki berjuluk disebut dinamakan bertajuk
    bertema berjudul tema judul asal dari di ke menurut milik hari bulan putri putra anak
""")
"""After these a word with a capital is likely a name."""
NOT_NAMES = word_set("""
    warga masyarakat petani nelayan pedagang pemuda pemudi siswa murid pelajar mahasiswa mahasiswi balita lansia
    bayi orang keluarga rumah uang tunai barang motor mobil meter kilometer kilogram hektare ekor buah unit
    paket karung liter jiwa rupiah persen acara kegiatan bantuan pelatihan lomba panen sawah ladang kebun
    jembatan saluran drainase selokan air listrik lampu penduduk peserta pengunjung panitia relawan kader bidan
    perawat petugas penerima penyuluh peternak perajin pelaku perangkat aparat tokoh agama masjid musala sekolah
    kelas pos gedung kantor aula lapangan kompos sampah pupuk bibit ternak sapi kambing ayam ikan padi jagung
    kedelai sayur makanan minuman sembako beras minyak gula telur kesehatan pendidikan pertanian peternakan
    perikanan ekonomi sosial budaya seni olahraga musik berita informasi laporan foto video tulisan artikel
    website online vaksin vaksinasi imunisasi penyakit obat rapat musyawarah pertemuan sosialisasi penyuluhan
    pembangunan perbaikan pembinaan pengajian doa salat lokasi tempat wilayah daerah lingkungan korban bencana
    banjir longsor gempa kebakaran kecelakaan
""")
"""Common nouns that people dignify with a capital."""
ACRONYMS = word_set("""
    umkm pkk kkn wib wita tni polri bpbd bpd blt bpjs rsud dprd dpr apbd apbn apbdes asn pns pppk pmi pkh bpnt
    lpm lpmd ktp stnk sim paud tpq mui nu ppkm who bnpb bmkg pln pdam kpu bawaslu tps dpt lsm hut ri wa sk kwt
    gapoktan tpk lkmd mts sdn smpn sman smkn bumdes hippa kim kua
""") - word_set("gapoktan wa sim ri sk nu bumdes who")
"""Short forms written in capitals throughout."""
