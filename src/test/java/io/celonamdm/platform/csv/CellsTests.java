package io.celonamdm.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spreadsheet shows of a cell, and what a file may be called. */
class CellsTests {
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\u0000=1", "＝1", " =1"})
    void noCellIsAFormula(String text) {
        assertThat(Cells.of(text)).startsWith("'");
    }

    @Test
    void anyOtherTextStaysOnOneLine() {
        assertThat(Cells.of("Tom's\r\niPad, 2-in-1 ")).isEqualTo("Tom's  iPad, 2-in-1");
        assertThat(Cells.of(null)).isEmpty();
    }

    @Test
    void noNumberIsRounded() {
        assertThat(Cells.number("89049032007008882600085727376656"))
                .isEqualTo("8904 9032 0070 0888 2600 0857 2737 6656");
        assertThat(Cells.number("8910521203310000351")).isEqualTo("8910 5212 0331 0000 351");
        assertThat(Cells.number("123456789012345")).isEqualTo("123456789012345");
    }

    @Test
    void namesOfFilesArePlain() {
        assertThat(SafeFile.name("Zoë's iPad/../7")).isEqualTo("Zoe-s-iPad-..-7");
        assertThat(SafeFile.name("../../etc/passwd")).isEqualTo("etc-passwd");
        assertThat(SafeFile.name("手机")).isEqualTo("unnamed");
        assertThat(SafeFile.name("x".repeat(300) + ".csv")).hasSize(80).endsWith(".csv");
    }
}
