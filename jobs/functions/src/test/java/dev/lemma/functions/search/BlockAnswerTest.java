// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.functions.search.BlockAnswer.Work;
import dev.lemma.math.text.TextUnit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Answers of two tiles to a block come together, however many are wanted. */
class BlockAnswerTest {
  private static BlockAnswer answer(int[] starts, double[] scores, Object... ids) {
    return new BlockAnswer(
        7, new Object[] {"q", "r"}, new double[0], starts, scores, ids, Work.NONE);
  }

  private static BlockAnswer merged(int k) {
    BlockAnswer left = answer(new int[] {0, 2, 3}, new double[] {3, 1, 5}, "a", "b", "c");
    BlockAnswer right = answer(new int[] {0, 1, 3}, new double[] {2, 5, 4}, "d", "b", "e");
    return left.merge(right, k);
  }

  @Test
  void theBestComeFirstAndTiesInTheOrderOfIds() {
    BlockAnswer two = merged(2);
    assertThat(two.ids()).containsExactly("a", "d", "b", "c");
    assertThat(two.starts()).containsExactly(0, 2, 4);
    assertThat(two.scores()).containsExactly(3, 2, 5, 5);
  }

  @Test
  void allThatThereIsCanBeWanted() {
    BlockAnswer all = merged(Integer.MAX_VALUE);
    assertThat(all.ids()).containsExactly("a", "d", "b", "b", "c", "e");
    assertThat(all.starts()).containsExactly(0, 3, 6);
  }

  @Test
  void blocksAndTilesShrinkWhereTheyWouldHoldMore() {
    assertThat(QueryBlock.queries(10)).isEqualTo(512);
    assertThat(QueryBlock.queries(10_000)).isEqualTo(26);
    assertThat(QueryBlock.queries(Integer.MAX_VALUE)).isOne();
    assertThat(new TermsConfig(TextUnit.WORDS, 1, 1).termsAWord()).isOne();
    assertThat(new TermsConfig(TextUnit.CHARACTERS, 2, 5).termsAWord()).isEqualTo(24);
  }

  @Test
  void longTextsAskInSmallerBlocks() {
    List<Row> rows =
        Stream.of("a b c", "d e d f", "", "g", "a b c d e", "h")
            .map(text -> RowFactory.create(text, text.getBytes(StandardCharsets.UTF_8), true))
            .toList();
    TextTile texts = TextTile.of(3, new TermsConfig(TextUnit.WORDS, 1, 1), rows.iterator());
    List<QueryBlock> blocks = QueryBlock.of(texts, 3, 4);
    assertThat(blocks.stream().map(block -> List.of(block.names())))
        .containsExactly(
            List.of("a b c"), List.of("d e d f", "", "g"), List.of("a b c d e"), List.of("h"));
    assertThat(blocks.stream().map(QueryBlock::address))
        .containsExactly(3L << 32, 3L << 32 | 1, 3L << 32 | 2, 3L << 32 | 3);
    assertThat(blocks.get(1).starts()).containsExactly(0, 3, 3, 4);
    assertThat(blocks.get(1).weights()).containsExactlyInAnyOrder(2, 1, 1, 1);
    assertThat(QueryBlock.of(texts, 512)).hasSize(1);
  }
}
