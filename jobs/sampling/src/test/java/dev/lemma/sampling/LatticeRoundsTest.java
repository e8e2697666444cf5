// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.config.ConfigLoader;
import dev.lemma.kit.testing.SharedSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class LatticeRoundsTest {
  private static final Pattern ROUND = Pattern.compile("ZippedPartitions");

  @TempDir Path folder;

  private static LatticeConfig config(String... more) {
    List<String> keys = new ArrayList<>(List.of("output.path=out", "height=12"));
    keys.addAll(List.of(more));
    return ConfigLoader.of(List.of(), keys).load(LatticeConfig.class).config();
  }

  /** Looked at five rounds behind those that were written down, 16 and 32. */
  @Test
  void lineageDoesNotGrowWithSweeps() throws Exception {
    LatticeConfig config =
        config("strips=2", "sweeps-per-shuffle=1", "warmup=0", "sweeps=37", "replicas=1");
    LatticePlan plan = LatticePlan.of(config, 2);
    assertThat(plan.rounds(37)).isEqualTo(37);
    JavaSparkContext context = new JavaSparkContext(SharedSpark.session().sparkContext());
    context.setCheckpointDir(folder.toString());
    SpinTrace trace = new SpinTrace(config.spinModel(), 144, 288, 1, 0, 37);
    SpinGrid grid = new SpinGrid(new LatticeKernel(config, plan.strips()), plan.tasks());
    LatticeRounds rounds = new LatticeRounds(context, grid, plan, trace, false);
    List<Long> lineages = new ArrayList<>();
    JavaRDD<SpinPart> last =
        rounds.run(
            37,
            () ->
                rounds.atRest(
                    (done, parts) -> {
                      if (done == 21) {
                        lineages.add(rounds(parts));
                      }
                    }));
    assertThat(lineages).containsExactly(rounds(last)).doesNotContain(0L);
    assertThat(context.getPersistentRDDs()).containsKey(last.id());
    rounds.close();
    assertThat(context.getPersistentRDDs()).doesNotContainKey(last.id());
  }

  /** How often the lineage names a round. */
  private static long rounds(JavaRDD<SpinPart> parts) {
    String lineage = parts.toDebugString();
    assertThat(lineage).contains("ReliableCheckpointRDD");
    return ROUND.matcher(lineage).results().count();
  }

  /** With {@code spark.serializer} = Kryo what is shuffled and written down goes through it. */
  @Test
  void partsTravelUnderKryo() {
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
    SpinPart part = new SpinPart(1, 2, new byte[] {0, 1}, new long[] {3});
    ClassTag<SpinPart> type = ClassTag$.MODULE$.apply(SpinPart.class);
    assertThat(kryo.<SpinPart>deserialize(kryo.serialize(part, type), type))
        .usingRecursiveComparison()
        .isEqualTo(part);
    HaloRows rows = new HaloRows(4, HaloRows.Side.BELOW, new byte[] {1});
    ClassTag<HaloRows> other = ClassTag$.MODULE$.apply(HaloRows.class);
    assertThat(kryo.<HaloRows>deserialize(kryo.serialize(rows, other), other))
        .usingRecursiveComparison()
        .isEqualTo(rows);
  }

  @Test
  void plansCutOnlyWhatIsWorthIt() {
    LatticePlan small = LatticePlan.of(config("width=12", "replicas=2"), 16);
    assertThat(small.strips()).isOne();
    LatticePlan large = LatticePlan.of(config("height=8192", "replicas=1"), 16);
    assertThat(large.strips()).isBetween(8, 16);
    assertThat(large.sweeps()).isBetween(1, 256);
    assertThat(large.secondsPerSweep()).isLessThan(large.secondsWhole() / 5);
    LatticePlan many = LatticePlan.of(config("height=8192", "replicas=16"), 16);
    assertThat(many.strips()).isOne();
    LatticePlan huge = LatticePlan.of(config("height=32768", "replicas=1"), 1);
    assertThat(huge.strips()).isBetween(8, 64);
    LatticePlan forced =
        LatticePlan.of(config("height=8192", "replicas=1", "sweeps-per-shuffle=1000"), 16);
    assertThat(2 * forced.sweeps()).isLessThanOrEqualTo(8192 / forced.strips());
  }
}
