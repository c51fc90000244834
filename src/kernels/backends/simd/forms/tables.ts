import type { Core } from './formulaCore.ts';

/**
 * Fixed-point forms of colour rows with too many inputs to search while a conversion is compiled: floor((Σ weight·x + add) / 2^shift),
 * each weight the row's own, times 2^shift, rounded. Found by trying every input (`scripts/prove-fixed-point.ts`); the tests try every input again.
 * `undefined`: every shift was tried, and none is right for every input.
 * A row that is not here (most of limited range) is divided exactly, or summed in several parts, instead.
 */
export const FIXED_POINT_TABLE: ReadonlyMap<string, { readonly shift: number; readonly add: number } | undefined> = new Map([
  // bt601 full, Y
  ['(299 587 114 + 500) / 1000: 0…255 0…255 0…255', { shift: 18, add: 131202 }],
  // bt601 full, U
  ['(-299 -587 886 + 227702) / 1772: 0…255 0…255 0…255', { shift: 15, add: 4210688 }],
  // bt601 full, V
  ['(701 -587 -114 + 180157) / 1402: 0…255 0…255 0…255', { shift: 16, add: 8421376 }],
  // bt601 full, R
  ['(500 701 + -89478) / 500: 0…255 0…255', { shift: 15, add: -5864030 }],
  // bt601 full, G
  ['(293500 -101004 -209599 + 39903934) / 293500: 0…255 0…255 0…255', { shift: 20, add: 142563206 }],
  // bt601 full, G
  ['(-101004 -209599 + 39903934) / 293500: 0…255 0…255', { shift: 20, add: 142563206 }],
  // bt601 full, B
  ['(250 443 + -56579) / 250: 0…255 0…255', { shift: 15, add: -7415923 }],
  // bt601 full, R
  ['(500 701 + -358662) / 500: 0…1023 0…1023', { shift: 17, add: -94021091 }],
  // bt601 full, B
  ['(250 443 + -226691) / 250: 0…1023 0…1023', { shift: 15, add: -29712843 }],
  // bt601 limited, Y
  ['(21827 42851 8322 + 1402500) / 85000: 0…255 0…255 0…255', { shift: 22, add: 69206036 }],
  // bt601 limited, V
  ['(78512 -65744 -12768 + 22970017) / 178755: 0…255 0…255 0…255', { shift: 20, add: 134742015 }],
  // bt601 limited, R
  ['(1904000 2609823 + -363703744) / 1635200: 0…255 0…255', { shift: 20, add: -233225916 }],
  // bt601 limited, B
  ['(952000 1649289 + -225932192) / 817600: 0…255 0…255', { shift: 17, add: -36219928 }],
  // bt709 full, Y
  ['(1063 3576 361 + 2500) / 5000: 0…255 0…255 0…255', { shift: 20, add: 524395 }],
  // bt709 full, U
  ['(-1063 -3576 4639 + 1192223) / 9278: 0…255 0…255 0…255', { shift: 15, add: 4210688 }],
  // bt709 full, V
  ['(3937 -3576 -361 + 1011809) / 7874: 0…255 0…255 0…255', { shift: 15, add: 4210688 }],
  // bt709 full, R
  ['(2500 3937 + -502686) / 2500: 0…255 0…255', { shift: 15, add: -6588806 }],
  // bt709 full, G
  ['(8940000 -1674679 -4185031 + 754512880) / 8940000: 0…255 0…255 0…255', { shift: 17, add: 11062143 }],
  // bt709 full, G
  ['(-1674679 -4185031 + 754512880) / 8940000: 0…255 0…255', { shift: 17, add: 11062143 }],
  // bt709 full, B
  ['(2500 4639 + -592542) / 2500: 0…255 0…255', { shift: 15, add: -7766567 }],
  // bt709 full, R
  ['(2500 3937 + -2014494) / 2500: 0…1023 0…1023', { shift: 15, add: -26404376 }],
  // bt709 full, B
  ['(2500 4639 + -2373918) / 2500: 0…1023 0…1023', { shift: 19, add: -497846688 }],
  // bt709 limited, R
  ['(9520000 14657451 + -2024385728) / 8176000: 0…255 0…255', { shift: 19, add: -129814230 }],
  // bt709 limited, B
  ['(9520000 17270997 + -2358919616) / 8176000: 0…255 0…255', undefined],
  // bt2020 full, Y
  ['(2627 6780 593 + 5000) / 10000: 0…255 0…255 0…255', { shift: 21, add: 1048669 }],
  // bt2020 full, U
  ['(-2627 -6780 9407 + 2417599) / 18814: 0…255 0…255 0…255', { shift: 15, add: 4210688 }],
  // bt2020 full, V
  ['(7373 -6780 -593 + 1894861) / 14746: 0…255 0…255 0…255', { shift: 15, add: 4210688 }],
  // bt2020 full, R
  ['(5000 7373 + -941244) / 5000: 0…255 0…255', { shift: 15, add: -6168537 }],
  // bt2020 full, G
  ['(33900000 -5578351 -19368871 + 3210194416) / 33900000: 0…255 0…255 0…255', { shift: 22, add: 397183871 }],
  // bt2020 full, G
  ['(-5578351 -19368871 + 3210194416) / 33900000: 0…255 0…255', { shift: 22, add: 397183871 }],
  // bt2020 full, B
  ['(5000 9407 + -1201596) / 5000: 0…255 0…255', { shift: 15, add: -7874780 }],
  // bt2020 full, R
  ['(5000 7373 + -3772476) / 5000: 0…1023 0…1023', { shift: 17, add: -98893313 }],
  // bt2020 full, B
  ['(5000 9407 + -4813884) / 5000: 0…1023 0…1023', { shift: 15, add: -31548417 }],
  // bt2020 limited, U
  ['(-294224 -759360 1053584 + 308243872) / 2398785: 0…255 0…255 0…255', { shift: 21, add: 269484032 }],
  // bt2020 limited, V
  ['(825776 -759360 -66416 + 241594777) / 1880115: 0…255 0…255 0…255', { shift: 21, add: 269484031 }],
  // bt2020 limited, R
  ['(19040000 27449679 + -3810022912) / 16352000: 0…255 0…255', { shift: 20, add: -244318651 }],
  // bt2020 limited, B
  ['(19040000 35022261 + -4779313408) / 16352000: 0…255 0…255', { shift: 20, add: -306474678 }],
  // smpte240m full, Y
  ['(212 701 87 + 500) / 1000: 0…255 0…255 0…255', { shift: 18, add: 131072 }],
  // smpte240m full, U
  ['(-212 -701 913 + 234641) / 1826: 0…255 0…255 0…255', { shift: 15, add: 4210688 }],
  // smpte240m full, V
  ['(788 -701 -87 + 202516) / 1576: 0…255 0…255 0…255', { shift: 15, add: 4210688 }],
  // smpte240m full, R
  ['(125 197 + -25154) / 125: 0…255 0…255', { shift: 15, add: -6593793 }],
  // smpte240m full, G
  ['(350500 -79431 -167056 + 31725586) / 350500: 0…255 0…255 0…255', { shift: 15, add: 2966025 }],
  // smpte240m full, G
  ['(-79431 -167056 + 31725586) / 350500: 0…255 0…255', { shift: 15, add: 2966025 }],
  // smpte240m full, B
  ['(500 913 + -116614) / 500: 0…255 0…255', { shift: 15, add: -7642415 }],
  // smpte240m full, R
  ['(125 197 + -100802) / 125: 0…1023 0…1023', { shift: 16, add: -52849279 }],
  // smpte240m full, G
  ['(-79431 -167056 + 126376594) / 350500: 0…1023 0…1023', { shift: 19, add: 189037604 }],
  // smpte240m full, B
  ['(500 913 + -467206) / 500: 0…1023 0…1023', { shift: 17, add: -122474872 }],
  // smpte240m limited, R
  ['(476000 733431 + -101290768) / 408800: 0…255 0…255', { shift: 17, add: -32476439 }],
  // smpte240m limited, B
  ['(1904000 3399099 + -464731072) / 1635200: 0…255 0…255', { shift: 16, add: -18625612 }],
  // fcc full, Y
  ['(30 59 11 + 50) / 100: 0…255 0…255 0…255', { shift: 15, add: 16674 }],
  // fcc full, U
  ['(-30 -59 89 + 22873) / 178: 0…255 0…255 0…255', { shift: 15, add: 4210780 }],
  // fcc full, V
  ['(70 -59 -11 + 17990) / 140: 0…255 0…255 0…255', { shift: 15, add: 4210801 }],
  // fcc full, R
  ['(5 7 + -894) / 5: 0…255 0…255', { shift: 15, add: -5855617 }],
  // fcc full, G
  ['(2950 -979 -2100 + 395587) / 2950: 0…255 0…255 0…255', { shift: 18, add: 35152816 }],
  // fcc full, G
  ['(-979 -2100 + 395587) / 2950: 0…255 0…255', { shift: 18, add: 35152816 }],
  // fcc full, B
  ['(50 89 + -11367) / 50: 0…255 0…255', { shift: 15, add: -7449144 }],
  // fcc full, R
  ['(5 7 + -3582) / 5: 0…1023 0…1023', { shift: 15, add: -23471617 }],
  // fcc full, G
  ['(-979 -2100 + 1577923) / 2950: 0…1023 0…1023', { shift: 20, add: 560872113 }],
  // fcc full, B
  ['(50 89 + -45543) / 50: 0…1023 0…1023', { shift: 15, add: -29846713 }],
  // fcc limited, Y
  ['(2190 4307 803 + 140250) / 8500: 0…255 0…255 0…255', { shift: 21, add: 34603194 }],
  // fcc limited, U
  ['(-3360 -6608 9968 + 2916307) / 22695: 0…255 0…255 0…255', { shift: 20, add: 134742015 }],
  // fcc limited, V
  ['(560 -472 -88 + 163837) / 1275: 0…255 0…255 0…255', { shift: 18, add: 33685503 }],
  // fcc limited, R
  ['(2720 3723 + -518896) / 2336: 0…255 0…255', { shift: 16, add: -14557502 }],
  // fcc limited, G
  ['(11233600 -3644817 -7818300 + 1292365216) / 9647680: 0…255 0…255 0…255', { shift: 18, add: 35115859 }],
  // fcc limited, B
  ['(190400 331347 + -45377056) / 163520: 0…255 0…255', { shift: 18, add: -72745370 }],
  // ycgco full, Y
  ['(1 2 1 + 2) / 4: 0…255 0…255 0…255', { shift: 15, add: 16384 }],
  // ycgco full, U
  ['(-1 2 -1 + 514) / 4: 0…255 0…255 0…255', { shift: 15, add: 4210688 }],
  // ycgco full, V
  ['(1 -1 + 257) / 2: 0…255 0…255', { shift: 15, add: 4210688 }],
  // ycgco full, R
  ['(1 -1 1 + 0) / 1: 0…255 0…255 0…255', { shift: 15, add: 0 }],
  // ycgco full, R
  ['(-1 1 + 0) / 1: 0…255 0…255', { shift: 15, add: 0 }],
  // ycgco full, G
  ['(1 1 + -128) / 1: 0…255 0…255', { shift: 15, add: -4194304 }],
  // ycgco full, B
  ['(1 -1 -1 + 256) / 1: 0…255 0…255 0…255', { shift: 15, add: 8388608 }],
  // ycgco full, B
  ['(-1 -1 + 256) / 1: 0…255 0…255', { shift: 15, add: 8388608 }],
  // ycgco full, R
  ['(-1 1 + 0) / 1: 0…1023 0…1023', { shift: 15, add: 0 }],
  // ycgco full, G
  ['(1 1 + -512) / 1: 0…1023 0…1023', { shift: 15, add: -16777216 }],
  // ycgco full, B
  ['(-1 -1 + 1024) / 1: 0…1023 0…1023', { shift: 15, add: 33554432 }],
  // ycgco limited, Y
  ['(73 146 73 + 5610) / 340: 0…255 0…255 0…255', { shift: 16, add: 1081344 }],
  // ycgco limited, U
  ['(-56 112 -56 + 32767) / 255: 0…255 0…255 0…255', { shift: 15, add: 4210687 }],
  // ycgco limited, V
  ['(112 -112 + 32767) / 255: 0…255 0…255', { shift: 15, add: 4210687 }],
  // ycgco limited, R
  ['(19040 -18615 18615 + -296464) / 16352: 0…255 0…255 0…255', { shift: 21, add: -38021540 }],
  // ycgco limited, G
  ['(19040 18615 + -2679184) / 16352: 0…255 0…255', { shift: 21, add: -343606564 }],
  // ycgco limited, B
  ['(19040 -18615 -18615 + 4468976) / 16352: 0…255 0…255 0…255', { shift: 21, add: 573148508 }],
]);

/** Dot products of several words (see `findMultiwordDot`) of a limited range's chroma, in steps of luma's: the number of finer parts, and the bias, found and tried again in the same way. */
export const MULTIWORD_TABLE: ReadonlyMap<string, { readonly finer: number; readonly add: number }> = new Map([
  // bt601 limited, G
  ['(-780337077 -376037892 + 130600410432) / 13148800: 0…255 0…255', { finer: 1, add: 333279279616 }],
  // bt709 limited, G
  ['(-5193623471 -2078276639 + 753977166080) / 133504000: 0…255 0…255', { finer: 1, add: 189502004736 }],
  // bt2020 limited, G
  ['(-24036768911 -6922733591 + 3292301440256) / 506240000: 0…255 0…255', { finer: 1, add: 218219233590 }],
  // smpte240m limited, G
  ['(-621949488 -295721613 + 96664072128) / 15702400: 0…255 0…255', { finer: 1, add: 206561292288 }],
  // fcc limited, G
  ['(-7818300 -3644817 + 1292233056) / 132160: 0…255 0…255', { finer: 0, add: 640797699 }],
  // ycgco limited, R
  ['(-18615 18615 + -296688) / 224: 0…255 0…255', { finer: 0, add: -43401102 }],
  // ycgco limited, B
  ['(-18615 -18615 + 4468752) / 224: 0…255 0…255', { finer: 0, add: 653714802 }],
]);

/** What `solve` finds for a full range's chroma of one kind; `undefined`: every arithmetic was tried, and none is right for every input. The tests ask it again. */
export const FORMULA_TABLE: ReadonlyMap<string, Core | undefined> = new Map<string, Core | undefined>([
  // bt601 full, R and B of 8 and 10 bits
  ['(701 + -89478) / 500: 0…255', { form: 'centred', centre: 128, multiplier: 13175, add: 0 }],
  ['(443 + -56579) / 250: 0…255', { form: 'dot', multiplier: 14516, one: 58, add: -31964, shift: 13 }],
  ['(701 + -358662) / 500: 0…1023', undefined],
  ['(443 + -226691) / 250: 0…1023', undefined],
  // bt709 full, R and B of 8 and 10 bits
  ['(3937 + -502686) / 2500: 0…255', { form: 'centred', centre: 128, multiplier: 18836, add: 0 }],
  ['(4639 + -592542) / 2500: 0…255', { form: 'centred', centre: 128, multiplier: 28040, add: 0 }],
  ['(3937 + -2014494) / 2500: 0…1023', { form: 'centred', centre: 512, multiplier: 18835, add: 0 }],
  ['(4639 + -2373918) / 2500: 0…1023', undefined],
  // bt2020 full, R and B of 8 and 10 bits
  ['(7373 + -941244) / 5000: 0…255', { form: 'centred', centre: 128, multiplier: 15549, add: 0 }],
  ['(9407 + -1201596) / 5000: 0…255', { form: 'centred', centre: 128, multiplier: 28878, add: 0 }],
  ['(7373 + -3772476) / 5000: 0…1023', undefined],
  ['(9407 + -4813884) / 5000: 0…1023', { form: 'centred', centre: 512, multiplier: 28882, add: 0 }],
  // smpte240m full, R and B of 8 and 10 bits
  ['(197 + -25154) / 125: 0…255', { form: 'centred', centre: 128, multiplier: 18877, add: 0 }],
  ['(913 + -116614) / 500: 0…255', { form: 'centred', centre: 128, multiplier: 27067, add: 0 }],
  ['(197 + -100802) / 125: 0…1023', undefined],
  ['(913 + -467206) / 500: 0…1023', undefined],
  // fcc full, R and B of 8 and 10 bits
  ['(7 + -894) / 5: 0…255', { form: 'centred', centre: 128, multiplier: 13107, add: 0 }],
  ['(89 + -11367) / 50: 0…255', { form: 'dot', multiplier: 29163, one: 128, add: -29098, shift: 14 }],
  ['(7 + -3582) / 5: 0…1023', { form: 'centred', centre: 512, multiplier: 13107, add: 0 }],
  ['(89 + -45543) / 50: 0…1023', undefined],
]);
