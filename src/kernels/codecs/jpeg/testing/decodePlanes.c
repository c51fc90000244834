// Decodes a JPEG's own planes with libjpeg-turbo's raw-data interface, which no command-line tool of it does.
//   cc -O1 -o decodePlanes decodePlanes.c -ljpeg
//   decodePlanes <in.jpg> > planes
// Planes of the file's own sizes (rounded up), tight, one after another, in the order of the frame header.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>

int main(int argc, char **argv) {
  if (argc != 2) return 1;
  FILE *file = fopen(argv[1], "rb");
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  info.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&info);
  jpeg_stdio_src(&info, file);
  jpeg_read_header(&info, TRUE);
  info.raw_data_out = TRUE;
  info.out_color_space = info.jpeg_color_space;
  info.dct_method = JDCT_ISLOW;
  info.do_block_smoothing = FALSE;
  jpeg_start_decompress(&info);
  JSAMPARRAY rows[4] = { NULL };
  unsigned char *planes[4] = { NULL };
  int done[4] = { 0 };
  for (int c = 0; c < info.num_components; c++) {
    jpeg_component_info *one = &info.comp_info[c];
    const int stride = one->width_in_blocks * 8, high = one->v_samp_factor * 8;
    rows[c] = malloc(sizeof(JSAMPROW) * high);
    for (int y = 0; y < high; y++) rows[c][y] = malloc(stride + 64 * 8);
    planes[c] = malloc((size_t)one->downsampled_width * one->downsampled_height);
  }
  while (info.output_scanline < info.output_height) {
    if (jpeg_read_raw_data(&info, rows, info.max_v_samp_factor * 8) == 0) break;
    for (int c = 0; c < info.num_components; c++) {
      jpeg_component_info *one = &info.comp_info[c];
      for (int y = 0; y < one->v_samp_factor * 8 && done[c] < (int)one->downsampled_height; y++, done[c]++)
        memcpy(planes[c] + (size_t)done[c] * one->downsampled_width, rows[c][y], one->downsampled_width);
    }
  }
  for (int c = 0; c < info.num_components; c++) fwrite(planes[c], 1, (size_t)info.comp_info[c].downsampled_width * info.comp_info[c].downsampled_height, stdout);
  return 0;
}
