// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.data.Part;
import dev.lemma.math.linalg.Kernel;
import dev.lemma.math.logistic.CrossFitPlan;
import dev.lemma.math.logistic.FoldChoice;
import dev.lemma.math.logistic.InfluencePlan;
import dev.lemma.math.logistic.PassDetail;
import dev.lemma.math.logistic.PassPlan;
import dev.lemma.math.logistic.Probe;
import dev.lemma.math.logistic.ScatterPlan;
import dev.lemma.math.logistic.WeightSemantics;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * With {@code spark.serializer} = Kryo all that passes broadcast and merge goes through Kryo, which
 * knows nothing of records and of the unmodifiable lists of the JDK.
 */
class KryoTest {
  private static final SerializerInstance KRYO = new KryoSerializer(new SparkConf()).newInstance();

  private static <T> T shipped(T value) {
    return through(new Shipped<>(value)).value;
  }

  private static <T> T through(T value) {
    ClassTag<T> any = ClassTag$.MODULE$.apply(Object.class);
    return KRYO.deserialize(KRYO.serialize(value, any), any);
  }

  @Test
  void plansOfPassesTravel() {
    double[] shift = {0, 1};
    PassPlan likelihood =
        shipped(
            new PassPlan(
                2,
                2,
                shift,
                List.of(
                    Probe.at(FoldChoice.all(), PassDetail.HESSIAN, new double[3]),
                    Probe.at(FoldChoice.only(1), PassDetail.LOSS, new double[] {1, 2, 3}))));
    assertThat(likelihood.probes().get(1).base()).containsExactly(1, 2, 3);
    assertThat(likelihood.probes().get(1).rows()).isEqualTo(FoldChoice.only(1));
    CrossFitPlan scores =
        shipped(new CrossFitPlan(1, 2, shift, new double[][] {{1, 2, 3}, {4, 5, 6}}, 7));
    assertThat(scores.parameters()[1]).containsExactly(4, 5, 6);
    ScatterPlan products =
        shipped(
            new ScatterPlan(2, shift, new double[] {1, 2}, new double[] {3, 4}, new int[] {-1}));
    assertThat(products.centres()).containsExactly(3, 4);
    List<InfluencePlan> influences =
        shipped(
            List.of(
                new InfluencePlan(
                    1,
                    0,
                    shift,
                    new double[] {1, 2},
                    new double[4],
                    new double[] {0.5, 0.5},
                    WeightSemantics.FREQUENCY)));
    assertThat(influences.get(0).slope()).containsExactly(1, 2);
  }

  /** The states of every partition, merged as they are and after their way through Kryo. */
  @Test
  void statesOfPassesTravel() {
    try (Scan scan = Scan.of(Samples.labelled(Samples.rows(60, 3, 3, 2)), Kernel.FAST, 2)) {
      StatisticsSize size = new StatisticsSize(3, 2, 1 << 20);
      MomentPass moments = new MomentPass(size, Kernel.FAST, "label");
      assertThat(Samples.bits(gathered(scan, through(parts(scan, moments)), size)))
          .isEqualTo(Samples.bits(gathered(scan, parts(scan, moments), size)));
      for (RowPass<? extends Serializable> pass :
          List.<RowPass<? extends Serializable>>of(new DiagonalPass(3, 2, 1 << 20, "label"))) {
        assertThat(through(parts(scan, pass))).hasSameSizeAs(parts(scan, pass));
      }
    }
  }

  private static <R extends Serializable> List<Part<Group>> parts(Scan scan, RowPass<R> pass) {
    return new ArrayList<>(scan.parts(pass).collect());
  }

  private static Statistics gathered(Scan scan, List<Part<Group>> parts, StatisticsSize size) {
    List<Part<Group>> spread = new ArrayList<>();
    for (Part<Group> part : parts) {
      if (!part.group().isTally()) {
        spread.addAll(((MomentState) part.value()).parts(part));
      }
    }
    return StatisticsParts.gather(
        spread, StatisticsHeader.of(scan.rows(), scan.folds()), size, "label");
  }
}
