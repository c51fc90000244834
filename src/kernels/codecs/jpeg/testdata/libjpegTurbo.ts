/** Recorded by testing/record.ts; not to be edited. */
import type { JpegChroma } from '../options.ts';
import type { CorpusId, HandFormat } from '../testing/pictures.ts';

/** The tests' texture, encoded from its planes by TurboJPEG. */
export interface PlaneFact {
  readonly format: HandFormat;
  readonly width: number;
  readonly height: number;
  readonly quality: number;
  readonly restartInterval?: number;
  readonly optimizeHuffman?: boolean;
  readonly bytes: number;
  readonly sha256: string;
}

/** A picture encoded by cjpeg from R,G,B. */
export interface PictureFact {
  readonly picture: CorpusId;
  readonly subsampling: JpegChroma;
  readonly quality: number;
  readonly command: string;
  readonly bytes: number;
  /** dB against the picture, decoded by jpeg-js. */
  readonly psnr: number;
  readonly sha256: string;
}

export const LIBJPEG_TURBO_VERSION = '2.1.5';

export const PLANE_FACTS: readonly PlaneFact[] = [
  {"format":"gray","width":1,"height":1,"quality":75,"bytes":332,"sha256":"1d4fc9bc16d60945e0c60e7f9ab8735184c175d23bd087c20574c2677e46074c"},
  {"format":"gray","width":2,"height":3,"quality":75,"bytes":342,"sha256":"38948b23d83a61634364cd51e5ad11de3c5d366ead332a12311dbd8e8ed08ee0"},
  {"format":"gray","width":8,"height":8,"quality":75,"bytes":350,"sha256":"cef83c2746d11a7669db58dea025af1c6d8f5e94f70056fa5a4f2e1688c07975"},
  {"format":"gray","width":15,"height":17,"quality":75,"bytes":427,"sha256":"fc9a8a37b11f6ec9aba1cfc8b5f0db982306c2f586e7444016e656c065f2f4d3"},
  {"format":"gray","width":17,"height":19,"quality":75,"bytes":495,"sha256":"2cfc73e92cc473e3bdef0259d52b7b18e0f2dc2ca19e5caf8434c087ac803774"},
  {"format":"gray","width":33,"height":16,"quality":75,"bytes":540,"sha256":"e4d7744ff3bfc9e033cffbdafcc0604af4a302a416a6867e02d6cf00e9472052"},
  {"format":"gray","width":100,"height":75,"quality":75,"bytes":3549,"sha256":"864e826d580f8d25833127e0cf145f9ae1092ea697bc36f0eb118c6d95293e2f"},
  {"format":"yuv444p","width":1,"height":1,"quality":75,"bytes":630,"sha256":"78975fb88629596f400ac84ce72cbe0b63346d983cd5dc8498b12ad324fad15b"},
  {"format":"yuv444p","width":2,"height":3,"quality":75,"bytes":643,"sha256":"c6c103e2596e179c756cd2400f5e35d307587758de8ff161d2b8549b8d49a829"},
  {"format":"yuv444p","width":8,"height":8,"quality":75,"bytes":661,"sha256":"ac6a48e31434709f5a347f1ef9f279774fb9efbb1878824a152f88be3ae4a7ef"},
  {"format":"yuv444p","width":15,"height":17,"quality":75,"bytes":879,"sha256":"aa1d36bd7e5bbbc47d647e104910fa266cb6ceaf810fe483cd7ec2e662877844"},
  {"format":"yuv444p","width":17,"height":19,"quality":75,"bytes":1012,"sha256":"267eb1e3f1a1aa061fddf9d87e5d004c30e9816164f65b01db9242d64cfb9971"},
  {"format":"yuv444p","width":33,"height":16,"quality":75,"bytes":1176,"sha256":"f7c2e91047bca545d1bd3fbca29c9c446caccda5f82d323b03d02ad59b0e9bb9"},
  {"format":"yuv444p","width":100,"height":75,"quality":75,"bytes":7632,"sha256":"1c8d4092dab0bf84c88b259feaab623d0d3d59762834ff9da1fcd535ef471d0d"},
  {"format":"yuv440p","width":1,"height":1,"quality":75,"bytes":631,"sha256":"ed4294af699e4542e759206617e318fc30ae8eb646d03af660029de927c50594"},
  {"format":"yuv440p","width":2,"height":3,"quality":75,"bytes":648,"sha256":"12b0de85b93807bfea998c80becae4b8c2ac2585bbea96d680e40d9420a591a9"},
  {"format":"yuv440p","width":8,"height":8,"quality":75,"bytes":658,"sha256":"1e1b28762899bd543ca5b2866097868c10179014b8698262efa6e229b6a771a2"},
  {"format":"yuv440p","width":15,"height":17,"quality":75,"bytes":777,"sha256":"871e3a55cebecfa9cd5a53acd65c792eb7e0d601d4edc4119a51f709ec726596"},
  {"format":"yuv440p","width":17,"height":19,"quality":75,"bytes":905,"sha256":"c767f554bac99387dfd38e474de9fc951c3326532d5622cd860dd55a5e86bf2a"},
  {"format":"yuv440p","width":33,"height":16,"quality":75,"bytes":975,"sha256":"90bf8e78fa88c14b40208dc849bf43214ad319f0decc8ddf1dba182a0bfad03d"},
  {"format":"yuv440p","width":100,"height":75,"quality":75,"bytes":5918,"sha256":"201381550a199616a8e08c5f34bc922bad6c60f4e47a60284332d931067764f6"},
  {"format":"yuv422p","width":1,"height":1,"quality":75,"bytes":631,"sha256":"b79c2be36f5fd0fb6e7b7b97b5c48679298d21d8d4c8a08faf78d11e59cb0ea7"},
  {"format":"yuv422p","width":2,"height":3,"quality":75,"bytes":643,"sha256":"9090a7f79c14040b69abe01b8ff16fa42ea99a1b69691465d3e623bb8a564c0e"},
  {"format":"yuv422p","width":8,"height":8,"quality":75,"bytes":661,"sha256":"45dc5ba245f0b4aa6b022bbe56bed8187f619ce2a089dedcbf7f2b5526f6ca83"},
  {"format":"yuv422p","width":15,"height":17,"quality":75,"bytes":790,"sha256":"a596a3e227e602f096a6649108ccaaaa5f7e84db63a833079838c365429adf26"},
  {"format":"yuv422p","width":17,"height":19,"quality":75,"bytes":925,"sha256":"b689c3346a5ac46c33e498017ba9d3cd67ba4dc26d7b9d73840525a580a210a2"},
  {"format":"yuv422p","width":33,"height":16,"quality":75,"bytes":1007,"sha256":"11a9944cbc994f309d646b630e60a9887d087f71bc0e36886f8aacad9a101c97"},
  {"format":"yuv422p","width":100,"height":75,"quality":75,"bytes":5986,"sha256":"08f54d1097c145160eb7ae88c3c0084c40f5b706032b8bf5ca8a4c25474fa2f1"},
  {"format":"yuv420p","width":1,"height":1,"quality":75,"bytes":632,"sha256":"7e756657c6e402acccf12f4a5c51cf05684dac33c968b4fb1bc49430a7dbb667"},
  {"format":"yuv420p","width":2,"height":3,"quality":75,"bytes":647,"sha256":"20d3a10504f44e49528028315d0f016967434a03aa8860f6ef485cc0efd03f94"},
  {"format":"yuv420p","width":8,"height":8,"quality":75,"bytes":660,"sha256":"6848f2a0102ce8bf922dbb0b285b5fa1750f55c231605145285fd80780002e27"},
  {"format":"yuv420p","width":15,"height":17,"quality":75,"bytes":750,"sha256":"8a9343193012f2d0a42ad56a2f0e9f5b13b7aa7a9fe0cd79fd89fd4837c4f7fd"},
  {"format":"yuv420p","width":17,"height":19,"quality":75,"bytes":846,"sha256":"b70262ac0cb5a9b61c37fe0cc64e78629a89b6b6887f5d66d8a67f08f3ec6883"},
  {"format":"yuv420p","width":33,"height":16,"quality":75,"bytes":893,"sha256":"3661865148aa7ed1c7094c13d8611e3e5f6cdba99f1d5782b15859119541503b"},
  {"format":"yuv420p","width":100,"height":75,"quality":75,"bytes":5030,"sha256":"2caca10a0a5ee0b1242d2a3dafd3113733f46d7bd4dd18e0f0a3a9bea1f2984f"},
  {"format":"yuv411p","width":1,"height":1,"quality":75,"bytes":632,"sha256":"4b5dcaefe2f7606b36478b08d1961ddcc51156725f04ce736a6690a189eea305"},
  {"format":"yuv411p","width":2,"height":3,"quality":75,"bytes":645,"sha256":"db9164290876d8bdffc1a1a2c7b1a58377d24c60f6145f085bdf2c959f56b8d6"},
  {"format":"yuv411p","width":8,"height":8,"quality":75,"bytes":661,"sha256":"28cde14561d1d6a3105f87a99561a8e5d7f121ca90862866624fdb816786b0a0"},
  {"format":"yuv411p","width":15,"height":17,"quality":75,"bytes":787,"sha256":"ca7221e849b25bc32038d4a7a174ff0d4bf78fc7895fc2bb74f14b9aede10a3f"},
  {"format":"yuv411p","width":17,"height":19,"quality":75,"bytes":878,"sha256":"d3d05068599d4298d3e1f2394ad003faf86e69ac001067384e452687c0e38b27"},
  {"format":"yuv411p","width":33,"height":16,"quality":75,"bytes":935,"sha256":"8c2652a9ab3cd1abe4832ebc8cbfd0881baab183a27d8a871d39813eace29712"},
  {"format":"yuv411p","width":100,"height":75,"quality":75,"bytes":4946,"sha256":"633b7269ed93fa7945bd7069ea5fa034aeae1de7a974f85c8e332fcce444e9a2"},
  {"format":"gray","width":150,"height":99,"quality":1,"bytes":1284,"sha256":"385814fbd1af1a1b4c812e37c21d5b1dcbd49a2f360be506fbb87f10b7dacb78"},
  {"format":"gray","width":150,"height":99,"quality":10,"bytes":1931,"sha256":"3d7e9c058518890849ca644e358b64b15d0102f1c0da83bc4d5038ed9b38984c"},
  {"format":"gray","width":150,"height":99,"quality":50,"bytes":4923,"sha256":"b8c35de217a04558dc84279af8c7817a262d4492c35d97aacb0579f49edd3bbc"},
  {"format":"gray","width":150,"height":99,"quality":90,"bytes":9949,"sha256":"810078cfb6bd456a0326ddd31371b3a0acd0a9789e313bafe679f8bff8e8c94f"},
  {"format":"gray","width":150,"height":99,"quality":100,"bytes":19930,"sha256":"698797cab9b24cf3809587d174ab1dc76570f7893c17a077f3eb65b7a19cc200"},
  {"format":"yuv444p","width":150,"height":99,"quality":1,"bytes":2886,"sha256":"4e40f1f83310bdac7fb2e612aba701839129be61e7cc5f6ae151f6225c6edd7c"},
  {"format":"yuv444p","width":150,"height":99,"quality":10,"bytes":4071,"sha256":"5a4371769aa3ec35f99a0f2d360408bae9d40152b606925188b33cc7db41154c"},
  {"format":"yuv444p","width":150,"height":99,"quality":50,"bytes":10084,"sha256":"361e77d7e2b2728a1cfd834d6433c93088af55fa331bed48ae2319b1670f95ad"},
  {"format":"yuv444p","width":150,"height":99,"quality":90,"bytes":22952,"sha256":"180fe7d2769e5deace3e3fa0cc0f1de1715285ca1110ad95aaab19f5cfd885d9"},
  {"format":"yuv444p","width":150,"height":99,"quality":100,"bytes":54052,"sha256":"8d2087cd1735fb2c1254377d2834cd239053ab0638f6e6da79b0ae45d7298770"},
  {"format":"yuv440p","width":150,"height":99,"quality":1,"bytes":2196,"sha256":"b7a73cbb9b2c63ef0e552bf9c315f0e0bab2fd8da853857a270980e251e84e85"},
  {"format":"yuv440p","width":150,"height":99,"quality":10,"bytes":3121,"sha256":"f5da8deb118272241728d0db8ef0c9204906160d5d712773d247d6194deb64ae"},
  {"format":"yuv440p","width":150,"height":99,"quality":50,"bytes":7615,"sha256":"225f006719ea636c84aec75c59abe50ac60aa28b15074dc84cbf2a1b906bfd59"},
  {"format":"yuv440p","width":150,"height":99,"quality":90,"bytes":16647,"sha256":"003afd440d25809bdfbd00d1c9ce97b8fb529d9f3a41f96501f025a561453788"},
  {"format":"yuv440p","width":150,"height":99,"quality":100,"bytes":37871,"sha256":"ba0c799794a907c66e115f48352cde5f957c05607c730b8a117d08e961c361db"},
  {"format":"yuv422p","width":150,"height":99,"quality":1,"bytes":2288,"sha256":"b2e2a727de77784af32be53482c861edf7f22598646251bbfc78a2b7378f9aea"},
  {"format":"yuv422p","width":150,"height":99,"quality":10,"bytes":3215,"sha256":"67b2b8d1e6eb2b29dae5d1c8c753e5be357eee490aca37a758bf88814ad3359d"},
  {"format":"yuv422p","width":150,"height":99,"quality":50,"bytes":7767,"sha256":"713271083778c316dd4b3af4001c5cafc12d851bf40857b712f9931918d63532"},
  {"format":"yuv422p","width":150,"height":99,"quality":90,"bytes":16801,"sha256":"959f40c4c3cb33699fd24d027d9e9863401a9f67c986f739d8284900e14dbf62"},
  {"format":"yuv422p","width":150,"height":99,"quality":100,"bytes":37784,"sha256":"a19ee4eb1389d7c073dd6604b32d2690c1865dbb86f0d1ad4c0c4352bec36bdc"},
  {"format":"yuv420p","width":150,"height":99,"quality":1,"bytes":1928,"sha256":"fe470e063e05cb78258f5ee10399b6da3da3a00206fc274ca591ccb5081868a6"},
  {"format":"yuv420p","width":150,"height":99,"quality":10,"bytes":2741,"sha256":"616d64a7ee807c990028d65425e866bd449ffb21edc232e7bc9a4f5de40038ed"},
  {"format":"yuv420p","width":150,"height":99,"quality":50,"bytes":6533,"sha256":"b6d7b0b6c17d7cac46ce7c0c805b9b00373560b2475b14198544a9fd0317b491"},
  {"format":"yuv420p","width":150,"height":99,"quality":90,"bytes":13647,"sha256":"0882f7b800305d42ba8cd9633e47f5716e4706d91345793f41adf7e8deec2025"},
  {"format":"yuv420p","width":150,"height":99,"quality":100,"bytes":29509,"sha256":"21496eeebc317f96c2b4cdec03e9ca6b324dcebee65ed6bea350fcab46aa70a0"},
  {"format":"yuv411p","width":150,"height":99,"quality":1,"bytes":1940,"sha256":"e8b5c9dcde5a1ffc56db272631221d0bc7cfd3835ec2af40798cae3942d39b44"},
  {"format":"yuv411p","width":150,"height":99,"quality":10,"bytes":2749,"sha256":"7af7f121560261931da6db07d33a7f45a4f348d42cbd1a054d476d147579ade1"},
  {"format":"yuv411p","width":150,"height":99,"quality":50,"bytes":6521,"sha256":"fad9f69601e7fdf99d7357a7b7882bd809d9c9104051ef1ffea598b1b75b4965"},
  {"format":"yuv411p","width":150,"height":99,"quality":90,"bytes":13573,"sha256":"23de4019ebcd3359118f57410e978a1c060e427aa93ec028eef24f9e998cb83e"},
  {"format":"yuv411p","width":150,"height":99,"quality":100,"bytes":29081,"sha256":"bee595f0327619f9756cd4edc8206f983d0a0b0932f2280f50ee9b341d1c7423"},
  {"format":"gray","width":150,"height":99,"quality":85,"restartInterval":1,"bytes":8994,"sha256":"7c7e00d627cbed465fe80c651dbf2576e37a8f39d6fe5394783bd44d1f980d77"},
  {"format":"gray","width":150,"height":99,"quality":85,"restartInterval":3,"bytes":8573,"sha256":"16b82643895c5e4e972b05f6ea1fa2b5a53d6e286e4e76909ea06fb2b444b85b"},
  {"format":"gray","width":150,"height":99,"quality":85,"restartInterval":8,"bytes":8452,"sha256":"f4e26ec2b66f0f62203232edef5ddebc88cb3a27eee29018a357553e2c83048a"},
  {"format":"gray","width":150,"height":99,"quality":85,"restartInterval":100,"bytes":8397,"sha256":"e9750db48e047b2985bc891bfbb92dfa8b85c1bc147ffb6eac7d9572a5c85876"},
  {"format":"yuv444p","width":150,"height":99,"quality":85,"restartInterval":1,"bytes":19496,"sha256":"0dc5260acbcbf50011cb5990f37af590c4bc746c1acea18e9dbb8cc7d35545c4"},
  {"format":"yuv444p","width":150,"height":99,"quality":85,"restartInterval":3,"bytes":19102,"sha256":"4f4642965cfd6991ff662a45638b2492c768759e03e2674c326ed718e49e55d3"},
  {"format":"yuv444p","width":150,"height":99,"quality":85,"restartInterval":8,"bytes":18972,"sha256":"16fc93b68a8530bcd75ce5e5a6b556239cf96a867d6c36710c9d7feaee754338"},
  {"format":"yuv444p","width":150,"height":99,"quality":85,"restartInterval":100,"bytes":18880,"sha256":"47e79b500f1afa1504d1b891887cc221f074ee252ea9ea10cdff78c5c760c605"},
  {"format":"yuv440p","width":150,"height":99,"quality":85,"restartInterval":1,"bytes":14178,"sha256":"748557d703a80bc503d9ae34047c5acc395b6fa08f3156eecf771ae77f7c6627"},
  {"format":"yuv440p","width":150,"height":99,"quality":85,"restartInterval":3,"bytes":13938,"sha256":"a7f81e3dac34dcec06e7debcd3304de722fbeaed05932d9b5c15ecc046bc9a3d"},
  {"format":"yuv440p","width":150,"height":99,"quality":85,"restartInterval":8,"bytes":13868,"sha256":"965af393435ac5e8c6ec85b9e818d77f1140d92b1ff7db55112112bfa9b6b2b6"},
  {"format":"yuv440p","width":150,"height":99,"quality":85,"restartInterval":100,"bytes":13815,"sha256":"143ce674dcc537c17de367e694a2596be9e101bd115bbd4f2329589ea4acf516"},
  {"format":"yuv422p","width":150,"height":99,"quality":85,"restartInterval":1,"bytes":14292,"sha256":"77e0bc5a6eb12ceb366a0b202ddc5ff28ac73c4577ced0682259bfd67dc375de"},
  {"format":"yuv422p","width":150,"height":99,"quality":85,"restartInterval":3,"bytes":14082,"sha256":"af7815ec4b12b801409d83f97dfa7e050a87db3a68bafcd516a42d7c3c1fc781"},
  {"format":"yuv422p","width":150,"height":99,"quality":85,"restartInterval":8,"bytes":14017,"sha256":"2b42991a870c8d664af98065ecf7504d556bbaad0d966ac03cec4ff60c6abf79"},
  {"format":"yuv422p","width":150,"height":99,"quality":85,"restartInterval":100,"bytes":13978,"sha256":"5414e15fc1ba5e6fa0b42a12b307a2bef3faba7f44e1a95ae0a44bf20ff4c5ed"},
  {"format":"yuv420p","width":150,"height":99,"quality":85,"restartInterval":1,"bytes":11611,"sha256":"509e6ec84dbaef69bb624da8ffe7d23de3ca2912608500843675812cedba7aa8"},
  {"format":"yuv420p","width":150,"height":99,"quality":85,"restartInterval":3,"bytes":11491,"sha256":"7c4c380853c4fcbe186b40af09ad06f37fd4b3025cc7699f39efccdc17637339"},
  {"format":"yuv420p","width":150,"height":99,"quality":85,"restartInterval":8,"bytes":11459,"sha256":"bcf2e94258e8500d966bb0ff11fa058c597479d15137ff2a3cdf9cebdb383001"},
  {"format":"yuv420p","width":150,"height":99,"quality":85,"restartInterval":100,"bytes":11432,"sha256":"ff1d54293c19e47a21fab7f5a2d52290015bc5e1be4c8a57cdc9f32ebffaad2c"},
  {"format":"yuv411p","width":150,"height":99,"quality":85,"restartInterval":1,"bytes":11509,"sha256":"829c9bd1e9931351675aaf3a148eb69000b3d9068bd9b89a1fd0d32a3ee32e01"},
  {"format":"yuv411p","width":150,"height":99,"quality":85,"restartInterval":3,"bytes":11418,"sha256":"cb7dab075075e788e5a4da5e8a927db2ccaa55be115b870851be368d26b744b5"},
  {"format":"yuv411p","width":150,"height":99,"quality":85,"restartInterval":8,"bytes":11396,"sha256":"ed9843884515646b0cc4954274fd722ede8a8c56fde0d112c755249186821349"},
  {"format":"yuv411p","width":150,"height":99,"quality":85,"restartInterval":100,"bytes":11373,"sha256":"f5fe14044671c16e5d67709b2a7efb6c7448e102498bff77a49e76706b12db51"},
  {"format":"gray","width":150,"height":99,"quality":30,"optimizeHuffman":true,"restartInterval":7,"bytes":3549,"sha256":"62b7cdbf22466186a94614f174dc8a70e3153f5b97b8c574186471e8e5d5c268"},
  {"format":"gray","width":150,"height":99,"quality":100,"optimizeHuffman":true,"restartInterval":7,"bytes":15378,"sha256":"a64b2fe616d6f4801e9ab22831174deacc3d074281a40a25ee17fca3645df7a7"},
  {"format":"yuv444p","width":150,"height":99,"quality":30,"optimizeHuffman":true,"restartInterval":7,"bytes":6691,"sha256":"137f968d16ebcd69b390d88e4236472f0a8dbde641c76624e1f2eca3ba685e6a"},
  {"format":"yuv444p","width":150,"height":99,"quality":100,"optimizeHuffman":true,"restartInterval":7,"bytes":42814,"sha256":"2d02d8f99d35d73977491cbb3c704ad713ba1c69df4264e928f23b7f527f25b9"},
  {"format":"yuv440p","width":150,"height":99,"quality":30,"optimizeHuffman":true,"restartInterval":7,"bytes":5129,"sha256":"0ab7ba90315a4e5f72dffce34c6284ffbc2b9bebcc781a209e7f372b8fd0653e"},
  {"format":"yuv440p","width":150,"height":99,"quality":100,"optimizeHuffman":true,"restartInterval":7,"bytes":29841,"sha256":"848e7c99a3bdb0ca849bd8bee3cfe37a2b09339bd1ffed6a95a5caa3d59a76bf"},
  {"format":"yuv422p","width":150,"height":99,"quality":30,"optimizeHuffman":true,"restartInterval":7,"bytes":5266,"sha256":"c7c2b5a6c3da06bf0d97ee1de7ad601f03c41735305041b016346ef0a07c8f3d"},
  {"format":"yuv422p","width":150,"height":99,"quality":100,"optimizeHuffman":true,"restartInterval":7,"bytes":29718,"sha256":"73d73a1eebb627e9903ecdf4f75bb85ee1be106c354b69ac5b00ef6ca0288d4e"},
  {"format":"yuv420p","width":150,"height":99,"quality":30,"optimizeHuffman":true,"restartInterval":7,"bytes":4465,"sha256":"87e16db7788ad47c6dfd92b687d52711d086511961054645bb9a58277521362f"},
  {"format":"yuv420p","width":150,"height":99,"quality":100,"optimizeHuffman":true,"restartInterval":7,"bytes":23048,"sha256":"c80136fc8175ce32daa1dc89b74f386d4efb285ccc0838ca1c5d1b1186d778de"},
  {"format":"yuv411p","width":150,"height":99,"quality":30,"optimizeHuffman":true,"restartInterval":7,"bytes":4459,"sha256":"c85746604c20dd7d8cbf45173a5b11c96712e711269476f9b57a8970f4268a4b"},
  {"format":"yuv411p","width":150,"height":99,"quality":100,"optimizeHuffman":true,"restartInterval":7,"bytes":22665,"sha256":"04e1e5eae40b7f8429fdfc4530d1ef12db257d4b758ffe5974991ab987d75f85"},
];

export const PICTURE_FACTS: readonly PictureFact[] = [
  {"picture":"astronaut","subsampling":"4:2:0","quality":30,"command":"cjpeg -baseline -dct int -quality 30 -sample 2x2","bytes":20912,"psnr":30.2862,"sha256":"f2dcfa218668641052dfe44890929b4c67c52dd1efd8ba24a61328b6299fb1af"},
  {"picture":"astronaut","subsampling":"4:2:0","quality":75,"command":"cjpeg -baseline -dct int -quality 75 -sample 2x2","bytes":40240,"psnr":33.5364,"sha256":"613a5db3dbcdac4f00eddf344169108e2ac1979d6230777c68806a38f84ab5dc"},
  {"picture":"astronaut","subsampling":"4:2:0","quality":95,"command":"cjpeg -baseline -dct int -quality 95 -sample 2x2","bytes":99308,"psnr":37.2993,"sha256":"011901a3f9084e22497e2b27642b44a39e8965c4c2febc5ddf2c3ccf298c8787"},
  {"picture":"astronaut","subsampling":"4:2:2","quality":30,"command":"cjpeg -baseline -dct int -quality 30 -sample 2x1","bytes":22798,"psnr":30.7137,"sha256":"76ea5173ecde7e67ddca195d8532c14c498c214cf1b0a4b661ae1044289121f0"},
  {"picture":"astronaut","subsampling":"4:2:2","quality":75,"command":"cjpeg -baseline -dct int -quality 75 -sample 2x1","bytes":43974,"psnr":34.2295,"sha256":"9516542e233c14f7d92f57d18dbb5aecf7bbc451e660fdba4d63bf5a4fb41669"},
  {"picture":"astronaut","subsampling":"4:2:2","quality":95,"command":"cjpeg -baseline -dct int -quality 95 -sample 2x1","bytes":109861,"psnr":38.4179,"sha256":"56990ebbb03a9d41150062dfc578084d0926365576c7098531afb0d29647f7f5"},
  {"picture":"astronaut","subsampling":"4:4:4","quality":30,"command":"cjpeg -baseline -dct int -quality 30 -sample 1x1","bytes":25819,"psnr":31.4163,"sha256":"4831fa346233304fce5b947af93a67e622a2c580202f68dffda97aefd474af6a"},
  {"picture":"astronaut","subsampling":"4:4:4","quality":75,"command":"cjpeg -baseline -dct int -quality 75 -sample 1x1","bytes":49742,"psnr":35.3923,"sha256":"5a03c6cfec5ef0e42bb6a734ab6c8015b728ccd412d07ebffbcb0738fe748574"},
  {"picture":"astronaut","subsampling":"4:4:4","quality":95,"command":"cjpeg -baseline -dct int -quality 95 -sample 1x1","bytes":128066,"psnr":41.0454,"sha256":"f5724aea6d926c89b191192877e8d879de8d5be509645935dbf684f6278fe275"},
  {"picture":"coffee","subsampling":"4:2:0","quality":30,"command":"cjpeg -baseline -dct int -quality 30 -sample 2x2","bytes":19768,"psnr":28.9646,"sha256":"634a600d50527f6e60381830ab267ea86a0a67739e76f213af348d9f8a2ee98d"},
  {"picture":"coffee","subsampling":"4:2:0","quality":75,"command":"cjpeg -baseline -dct int -quality 75 -sample 2x2","bytes":41606,"psnr":32.0875,"sha256":"a7764c745ea9ad02edc14754a1538f8baa30056e802e7112c284acae8484a35b"},
  {"picture":"coffee","subsampling":"4:2:0","quality":95,"command":"cjpeg -baseline -dct int -quality 95 -sample 2x2","bytes":104711,"psnr":36.5074,"sha256":"80e2b46bbd310f215a6381ceac2ef7a403c23874ec48b3637cd74177e31ed4ea"},
  {"picture":"coffee","subsampling":"4:2:2","quality":30,"command":"cjpeg -baseline -dct int -quality 30 -sample 2x1","bytes":21520,"psnr":29.2823,"sha256":"2edc01257d2659b9ad4d08fcfa2928127ce1efd543e8493045f9c8414a6cbc21"},
  {"picture":"coffee","subsampling":"4:2:2","quality":75,"command":"cjpeg -baseline -dct int -quality 75 -sample 2x1","bytes":45629,"psnr":32.6722,"sha256":"1694dfede0520e5d9bc859ec835f082690bf6d38cc08e66526db80d60af718c3"},
  {"picture":"coffee","subsampling":"4:2:2","quality":95,"command":"cjpeg -baseline -dct int -quality 95 -sample 2x1","bytes":117831,"psnr":37.8448,"sha256":"0e189146436653c9b41dcd2bdd73bf0a3b4cfdba9698cad0348089b7272e215e"},
  {"picture":"coffee","subsampling":"4:4:4","quality":30,"command":"cjpeg -baseline -dct int -quality 30 -sample 1x1","bytes":24471,"psnr":29.6704,"sha256":"bfab896cd3dc7dbc9c34ed193c558c3fb315956ad6b747f2463581ac432e2186"},
  {"picture":"coffee","subsampling":"4:4:4","quality":75,"command":"cjpeg -baseline -dct int -quality 75 -sample 1x1","bytes":52433,"psnr":33.3889,"sha256":"aa9d67853bdd40689e16175e98ab8788308a71dbff6f04285307ab5439ed62e2"},
  {"picture":"coffee","subsampling":"4:4:4","quality":95,"command":"cjpeg -baseline -dct int -quality 95 -sample 1x1","bytes":140582,"psnr":40.2126,"sha256":"0091c4664ee0715b45c88dff118d311eb49bc5402daa8d9f0b36f0751bc31285"},
  {"picture":"camera","subsampling":"4:0:0","quality":10,"command":"cjpeg -baseline -dct int -quality 10","bytes":7496,"psnr":28.4287,"sha256":"df972d5462e2b2f4c3ae7eaf25e94882aa68720c79996cbb51593b6dd85f6846"},
  {"picture":"camera","subsampling":"4:0:0","quality":50,"command":"cjpeg -baseline -dct int -quality 50","bytes":22050,"psnr":32.5977,"sha256":"be03c276e0b6db8fe041bac178f66abf6519759b27f569f745bd5a1fd53ebe81"},
  {"picture":"camera","subsampling":"4:0:0","quality":75,"command":"cjpeg -baseline -dct int -quality 75","bytes":34472,"psnr":35.0798,"sha256":"6891ec3fe87c87e31432026651ead148f9dedd4e6ed9566e9ab736571e181df4"},
  {"picture":"camera","subsampling":"4:0:0","quality":90,"command":"cjpeg -baseline -dct int -quality 90","bytes":59366,"psnr":40.3352,"sha256":"21f83bbce391b2930ed5e0219e8d4da89c726accc8b79d9c8e575caee0d34778"},
  {"picture":"camera","subsampling":"4:0:0","quality":100,"command":"cjpeg -baseline -dct int -quality 100","bytes":155993,"psnr":57.9308,"sha256":"98a1641ee7286448aa866c144983bbb80cbd2bab13b4e000b3f6abe04f9beafd"},
];
