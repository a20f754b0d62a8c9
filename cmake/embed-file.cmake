# cmake -DSOURCE=FILE -DSYMBOL=NAME -DOUTPUT=FILE.c -P embed-file.cmake
file(READ ${SOURCE} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(................................................................................)" "\\1\n" bytes "${bytes}")
file(WRITE ${OUTPUT} "extern const unsigned char ${SYMBOL}[];
extern const unsigned long ${SYMBOL}_size;
const unsigned char ${SYMBOL}[] = {
${bytes}0x00
};
const unsigned long ${SYMBOL}_size = sizeof(${SYMBOL}) - 1;
")
