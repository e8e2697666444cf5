// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link Sampler} promises. */
class SamplerContractTest {
  private static final int CHAINS = 5;
  private static final StreamKey KEY = StreamKey.of(7, "test/contract");
  private static final PackedSymmetric SHAPE =
      PackedSymmetric.fromDense(3, new double[] {1, 0.2, 0, 0.2, 1, 0, 0, 0, 0.5});

  static Stream<Named<Function<BatchTarget, Sampler<?>>>> samplers() {
    return Stream.of(
        Named.of(
            "random walk",
            t -> RandomWalkMetropolis.of(t, KEY, RandomWalkOptions.of(3, CHAINS, 500))),
        Named.of("robust", t -> new RobustAdaptiveMetropolis(t, KEY, CHAINS, 500)),
        Named.of("component-wise", t -> new ComponentwiseMetropolis(t, KEY, CHAINS, 500)),
        Named.of(
            "delayed",
            t -> new DelayedAcceptance(t, Targets.gaussian(3, 2), SHAPE, 4, KEY, CHAINS, 500)),
        Named.of(
            "tempering",
            t -> new ParallelTempering(t, KEY, new double[] {1, 2, 5}, SHAPE, CHAINS, 500)));
  }

  static Stream<Named<Sampler<?>>> conditionalSamplers() {
    Target target = Targets.gaussian(3, 10);
    List<Conditional> moves =
        List.of(
            new SliceConditional(target, 0, 1),
            (x, source) -> x[1] = 1 + Variates.gaussian(source) / Math.sqrt(Math.sqrt(10)),
            new SliceConditional(target, 2, 5));
    return Stream.of(
        Named.of("systematic", Gibbs.systematic(target.names(), moves, KEY, CHAINS, 500)),
        Named.of("random scan", Gibbs.random(target.names(), moves, KEY, CHAINS, 500)));
  }

  /** 1000 iterations equal 400, stored and loaded, and 600; warm-up ends between. */
  @ParameterizedTest
  @MethodSource("samplers")
  void resumedRunsEndInTheSameBits(Function<BatchTarget, Sampler<?>> make) throws Exception {
    checkResume(make.apply(BatchTarget.of(Targets.gaussian(3, 100))));
  }

  @ParameterizedTest
  @MethodSource("conditionalSamplers")
  void resumedGibbsRunsEndInTheSameBits(Sampler<?> sampler) throws Exception {
    checkResume(sampler);
  }

  private static <S extends SamplerState> void checkResume(Sampler<S> sampler) throws Exception {
    Recorder whole = new Recorder();
    S end = sampler.advance(sampler.start(Targets.starts(CHAINS, 3)), 1000, whole);
    Recorder parts = new Recorder();
    S middle = sampler.advance(sampler.start(Targets.starts(CHAINS, 3)), 400, parts);
    S resumed = sampler.advance(stored(middle), 600, parts);
    assertThat(parts.hash).isEqualTo(whole.hash);
    assertThat(parts.iterations).isEqualTo(1000);
    assertThat(bytes(resumed)).isEqualTo(bytes(end));
    assertThat(end.ensemble().iteration()).isEqualTo(1000);
    Recorder other = new Recorder();
    sampler.advance(sampler.start(new double[CHAINS * 3]), 1000, other);
    assertThat(other.hash).as("another start gives other draws").isNotEqualTo(whole.hash);
  }

  private static byte[] bytes(Object state) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(state);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("unchecked")
  private static <S> S stored(S state) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes(state)))) {
      return (S) in.readObject();
    }
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void bitsDoNotDependOnTheBatch(Function<BatchTarget, Sampler<?>> make) {
    Target target = Targets.gaussian(3, 100);
    long whole = hash(make.apply(BatchTarget.of(target)));
    assertThat(hash(make.apply(Targets.inBatchesOf(1, target)))).isEqualTo(whole);
    assertThat(hash(make.apply(Targets.inBatchesOf(3, target)))).isEqualTo(whole);
  }

  private static <S extends SamplerState> long hash(Sampler<S> sampler) {
    Recorder recorder = new Recorder();
    sampler.advance(sampler.start(Targets.starts(CHAINS, 3)), 600, recorder);
    return recorder.hash;
  }

  /** NaN and +infinity end the run with the place; -infinity is only outside of the support. */
  @ParameterizedTest
  @MethodSource("samplers")
  void aBrokenTargetIsToldWithItsPlace(Function<BatchTarget, Sampler<?>> make) {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Sampler<?> sampler =
          make.apply(BatchTarget.of(Targets.of(3, x -> x[0] > 0.95 ? bad : -x[0] * x[0])));
      assertThatThrownBy(() -> run(sampler, new double[CHAINS * 3]))
          .isInstanceOf(TargetException.class)
          .hasMessageMatching(
              "the target returned (NaN|\\+infinity) in chain \\d+ at iteration \\d+: a log"
                  + " density must be a finite number, or -infinity where the density is 0; look"
                  + " for overflow, 0/0 or a logarithm of a negative number in it")
          .satisfies(e -> assertThat(((TargetException) e).iteration()).isGreaterThanOrEqualTo(0));
    }
    Sampler<?> bounded =
        make.apply(
            BatchTarget.of(
                Targets.of(
                    3,
                    x ->
                        x[0] > 0.95
                            ? Double.NEGATIVE_INFINITY
                            : -x[0] * x[0] - x[1] * x[1] - x[2] * x[2])));
    Recorder recorder = run(bounded, new double[CHAINS * 3]);
    assertThat(recorder.largest).isLessThanOrEqualTo(0.95);
    double[] outside = new double[CHAINS * 3];
    outside[2 * 3] = 2;
    assertThatThrownBy(() -> run(bounded, outside))
        .hasMessage(
            "chain 2 starts where the density is 0: give every chain a starting point inside the"
                + " support");
    assertThatThrownBy(() -> run(bounded, new double[2]))
        .hasMessage("starting points: expected 15 numbers, found 2");
    outside[6] = Double.NaN;
    assertThatThrownBy(() -> run(bounded, outside))
        .hasMessage("starting points: expected finite numbers, found NaN at position 6");
  }

  private static <S extends SamplerState> Recorder run(Sampler<S> sampler, double[] starts) {
    Recorder recorder = new Recorder();
    sampler.advance(sampler.start(starts), 1000, recorder);
    return recorder;
  }

  private static final class Recorder implements DrawSink {
    private long hash;
    private long iterations;
    private double largest = Double.NEGATIVE_INFINITY;

    @Override
    public void accept(long iteration, double[] positions, double[] logDensities) {
      assertThat(iteration).isEqualTo(iterations++);
      hash = hash * 31 + Arrays.hashCode(positions) + 7L * Arrays.hashCode(logDensities);
      largest = Math.max(largest, positions[0]);
    }
  }
}
