// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.kit.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The forms in which draws are stored, and what brings them in order. */
class FormsTest {
  @TempDir Path folder;

  @Test
  void groupsCoverAllParametersInOrder() {
    for (int parameters : new int[] {1, 2, 63, 64, 65, 1000, 3000}) {
      List<String> names = IntStream.range(0, parameters).mapToObj(j -> "p" + j).toList();
      for (long draws : new long[] {1, 40_000, 1L << 28}) {
        ColumnGroups groups = ColumnGroups.of(names, draws, 2);
        assertThat(groups.from(0)).isZero();
        assertThat(groups.from(groups.count())).isEqualTo(parameters);
        int[] readings = groups.readings();
        assertThat(readings).startsWith(0).endsWith(groups.count()).isSorted();
        for (int r = 1; r < readings.length; r++) {
          int read = groups.from(readings[r]) - groups.from(readings[r - 1]);
          assertThat(read).isBetween(1, 1024);
        }
        for (int j = 0; j < parameters; j++) {
          int group = groups.groupOf(j);
          assertThat(j).isBetween(groups.from(group), groups.from(group + 1) - 1);
        }
        long bytes = (groups.from(1) - groups.from(0)) * draws * Double.BYTES;
        assertThat(bytes <= ColumnGroups.GROUP_BYTES || groups.count() == parameters).isTrue();
      }
    }
  }

  @Test
  void namesAreSortedByTheirNumbers() {
    assertThat(
            Stream.of("b[10]", "b[2]", "a", "b[2,10]", "b[2,9]", "b", "b[1]")
                .sorted(NaturalOrder.BY_NUMBERS))
        .containsExactly("a", "b", "b[1]", "b[2,9]", "b[2,10]", "b[2]", "b[10]");
  }

  @Test
  void drawsAreStoredByChainAndIteration() {
    double[] values = MadeDraws.values(2, 5000, 1);
    var rows = DrawsTable.of(SharedSpark.session(), List.of("x"), 2, 5000, values).collectAsList();
    assertThat(rows).hasSize(10_000);
    assertThat(rows.get(0).getInt(0)).isEqualTo(1);
    assertThat(rows.get(9999).getInt(0)).isEqualTo(2);
    assertThat(rows.get(9999).getLong(1)).isEqualTo(5000);
    assertThat(rows.get(7000).getDouble(2)).isEqualTo(values[7000]);
    assertThatThrownBy(
            () -> DrawsTable.of(SharedSpark.session(), List.of("chain"), 1, 1, new double[1]))
        .hasMessage("a column has two meanings among [chain, iteration, chain]");
  }

  /** With {@code spark.serializer} = Kryo what is shuffled and collected goes through it. */
  @Test
  void blocksAndAnswersTravelByKryo() {
    DrawBlock block =
        through(new DrawBlock(3, 1, new long[] {1}, new long[] {2}, new double[] {0.5}));
    assertThat(block.values()).containsExactly(0.5);
    assertThat(through(new Weights(0.4, true, 100, 30)).shape()).isEqualTo(0.4);
    Panel panel =
        through(
            new Panel(
                "x", new long[1], new double[2], new double[1][2], new int[0][], new double[0][]));
    assertThat(panel.parameter()).isEqualTo("x");
  }

  private static <T> T through(T value) {
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    ClassTag<T> any = ClassTag$.MODULE$.apply(Object.class);
    return kryo.deserialize(kryo.serialize(value, any), any);
  }

  @Test
  void whatCmdStanWritesIsReadBackToTheBit() throws IOException {
    double[] values = {
      -1.5, 1 / 3.0, 1e-300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    StringBuilder text = new StringBuilder();
    CmdStanCsv.write(text, "m", 1, Map.of(), List.of("lp__", "S[2,1]", "x"), 2, values);
    assertThat(text.toString()).contains("\nlp__,S.2.1,x\n-1.5,0.3333333333333333,1.0E-300\n");
    Path file = folder.resolve("chain.csv");
    Files.writeString(file, text);
    try (CmdStanFile read = CmdStanFile.open(file.toString(), 4, new Configuration())) {
      read.choose(List.of("x", "lp__"));
      assertThat(read.next()).isTrue();
      assertThat(read.value(0)).isEqualTo(1e-300);
      assertThat(read.value(1)).isEqualTo(-1.5);
      assertThat(read.chain()).isEqualTo(4);
      assertThat(read.iteration()).isEqualTo(1);
      assertThat(read.next()).isTrue();
      assertThat(read.value(0)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(read.value(1)).isNaN();
      assertThat(read.next()).isFalse();
    }
  }
}
