// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnicodeTableTest {
  private static final List<String> HEADER =
      List.of(
          "# Character classes and simple lower-case mappings of Unicode 13.0, for tokenizer 1.",
          "# Derived from the Unicode Character Database, Copyright Unicode, Inc.,"
              + " https://www.unicode.org/license.txt",
          "# word: categories L, Nd; mark: M; space: Z and white-space controls: first last (hex).",
          "# lower: first last (hex), step, distance (decimal).");

  private static String resource() throws IOException {
    try (InputStream in = UnicodeTable.class.getResourceAsStream(UnicodeTable.RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static byte classInJdk(int codePoint) {
    if (Character.isLetterOrDigit(codePoint)) {
      return UnicodeTable.WORD;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          UnicodeTable.MARK;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          UnicodeTable.SPACE;
      default ->
          codePoint >= 9 && codePoint <= 13
                  || codePoint >= 0x1c && codePoint <= 0x1f
                  || codePoint == 0x85
              ? UnicodeTable.SPACE
              : UnicodeTable.OTHER;
    };
  }

  /** Writes the resource anew out of the tables of the running JDK. */
  private static String generate() {
    List<String> lines = new ArrayList<>(HEADER);
    String[] names = {null, "word", "mark", "space"};
    for (int first = 0; first <= Character.MAX_CODE_POINT; ) {
      int last = first;
      while (last < Character.MAX_CODE_POINT && classInJdk(last + 1) == classInJdk(first)) {
        last++;
      }
      String name = names[classInJdk(first)];
      if (name != null) {
        lines.add(String.format("%s %x %x", name, first, last));
      }
      first = last + 1;
    }
    List<int[]> ranges = new ArrayList<>();
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      int distance = Character.toLowerCase(codePoint) - codePoint;
      if (distance == 0) {
        continue;
      }
      int[] range = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      int step = range == null ? 0 : codePoint - range[1];
      if (range != null
          && range[3] == distance
          && (range[0] == range[1] ? step <= 2 : step == range[2])) {
        range[1] = codePoint;
        range[2] = step;
      } else {
        ranges.add(new int[] {codePoint, codePoint, 1, distance});
      }
    }
    for (int[] range : ranges) {
      lines.add(String.format("lower %x %x %d %d", range[0], range[1], range[2], range[3]));
    }
    return String.join("\n", lines) + "\n";
  }

  /** Frozen with version 1 of the tokenizer: another table needs another version. */
  @Test
  void theResourceHasNotChanged() throws IOException {
    assertThat(XxHash64.hash(resource(), 0)).isEqualTo(0x4ee756fac81bb1c5L);
  }

  @Test
  void theResourceIsTheTableOfJdk17() throws IOException {
    assumeThat(Runtime.version().feature()).as("JDK with Unicode 13").isEqualTo(17);
    assertThat(resource()).isEqualTo(generate());
  }

  @Test
  void everyCodePointIsFoundAsTheTableSays() {
    assumeThat(Runtime.version().feature()).as("JDK with Unicode 13").isEqualTo(17);
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (UnicodeTable.classOf(codePoint) != classInJdk(codePoint)
          || UnicodeTable.toLower(codePoint) != Character.toLowerCase(codePoint)) {
        throw new AssertionError(
            "wrong class or lower case of U+" + Integer.toHexString(codePoint));
      }
    }
  }

  @Test
  void knowsTheClassesThatTheTokenizerNeeds() {
    assertThat(UnicodeTable.classOf('é')).isEqualTo(UnicodeTable.WORD);
    assertThat(UnicodeTable.classOf('٣')).isEqualTo(UnicodeTable.WORD);
    assertThat(UnicodeTable.classOf('_')).isEqualTo(UnicodeTable.OTHER);
    assertThat(UnicodeTable.classOf(0x301)).isEqualTo(UnicodeTable.MARK);
    assertThat(UnicodeTable.classOf(0xa0)).isEqualTo(UnicodeTable.SPACE);
    assertThat(UnicodeTable.classOf(0x20000)).isEqualTo(UnicodeTable.WORD);
    assertThat(UnicodeTable.classOf(0x1f98a)).isEqualTo(UnicodeTable.OTHER);
    assertThat(UnicodeTable.toLower('Σ')).isEqualTo('σ');
    assertThat(UnicodeTable.toLower(0x130)).as("dotted capital I").isEqualTo('i');
    assertThat(UnicodeTable.toLower(0x10400)).isEqualTo(0x10428);
    assertThat(UnicodeTable.toLower(0x1f98a)).isEqualTo(0x1f98a);
  }
}
