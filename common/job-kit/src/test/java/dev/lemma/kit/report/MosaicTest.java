// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class MosaicTest {
  private static final int[][] TILES = {{0, 1, 1, 2}, {1, 0, 0, 1}};

  @Test
  void runsOfEachKindAreStrokes() {
    Mosaic mosaic = Mosaic.of("Spins", List.of("a", "b", "c"), TILES);
    for (ChartWidth width : ChartWidth.values()) {
      Document picture = Pictures.parse(mosaic.svg(width));
      assertThat(Pictures.elements(picture, "path"))
          .extracting(path -> path.getAttribute("class") + " " + path.getAttribute("d"))
          .containsExactly("s1 M1 0.5h2M0 1.5h1M3 1.5h1", "s2 M3 0.5h1");
    }
    assertThat(mosaic.data().csv()).isEqualTo("kind,tiles\na,3\nb,4\nc,1\n");
    assertThat(mosaic.description()).isEqualTo("Tiles in 2 rows of 4, of a, b, c.");
  }

  @Test
  void mistakesAreRefused() {
    assertThatThrownBy(() -> Mosaic.of("x", List.of("a"), new int[0][]))
        .hasMessage("a mosaic needs a kind and a tile");
    assertThatThrownBy(() -> Mosaic.of("x", List.of("a"), new int[][] {{0}, {0, 0}}))
        .hasMessage("rows of 1 and 2");
    assertThatThrownBy(() -> Mosaic.of("x", List.of("a"), new int[][] {{1}}))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
