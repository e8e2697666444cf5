// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.linalg.PackedSymmetric;
import dev.lemma.math.random.MultivariateStudent;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.sampling.BatchTarget;
import dev.lemma.math.sampling.Chains;
import dev.lemma.math.sampling.IndependenceMetropolis;
import dev.lemma.math.sampling.WeightedDraws;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Proposals from around a centre, evaluated in a few passes, with checkpoints between them. */
final class IndependenceRun {
  /** Chains start from proposals, so that little is to be forgotten. */
  static final int MOST_WARMUP = 20;

  private static final int LEAST_DEGREES = 10;
  private static final int MOST_DEGREES = 40;
  private static final String STATE = "centre";
  private static final String VALUES = "evaluated";

  private final BatchTarget target;
  private final IndependenceMetropolis sampler;
  private final RunCheckpoint checkpoint;
  private final double[] values;
  private int done;
  private int stored;

  /** Prepares proposals, and takes up what a checkpoint holds of them. */
  IndependenceRun(
      BatchTarget target, Centre centre, PosteriorConfig config, RunCheckpoint checkpoint)
      throws IOException {
    this.target = target;
    this.checkpoint = checkpoint;
    MultivariateStudent law =
        MultivariateStudent.ofPrecision(
            degrees(target.dimension()), centre.at(), centre.precision());
    this.sampler =
        new IndependenceMetropolis(
                law,
                StreamKey.of(config.run().seed(), "posterior/independence"),
                config.chains(),
                Math.min(config.warmup(), MOST_WARMUP),
                config.draws())
            .startingTogether(Diagnosis.group(config.chains()));
    this.values = new double[Math.toIntExact(sampler.proposals())];
    int before = checkpoint.read(VALUES, in -> in.readInt()).orElse(0);
    checkpoint.restore(VALUES, values, before);
    done = before;
    stored = before;
  }

  /**
   * Degrees of freedom: in d dimensions the radius of a t spreads like d / nu, which costs
   * acceptance; 4 d gives most of it back, and tails stay heavier than a log-concave target's.
   */
  static int degrees(int dimension) {
    return Math.max(LEAST_DEGREES, Math.min(MOST_DEGREES, 4 * dimension));
  }

  /** Number of proposals. */
  static long proposals(PosteriorConfig config) {
    return config.chains() * (1L + Math.min(config.warmup(), MOST_WARMUP) + config.draws());
  }

  /** The centre that an earlier run found, if it did. */
  static Optional<Centre> storedCentre(RunCheckpoint checkpoint) throws IOException {
    return checkpoint.read(
        STATE,
        in -> {
          Centre.Kind kind = Centre.Kind.valueOf(in.readUTF());
          double[] at = RunCheckpoint.readDoubles(in);
          double value = in.readDouble();
          double[] precision = RunCheckpoint.readDoubles(in);
          return new Centre(kind, at, value, PackedSymmetric.wrap(at.length, precision));
        });
  }

  /** Keeps a centre. */
  static void storeCentre(RunCheckpoint checkpoint, Centre centre) throws IOException {
    checkpoint.write(
        STATE,
        out -> {
          out.writeUTF(centre.kind().name());
          RunCheckpoint.writeDoubles(out, centre.at());
          out.writeDouble(centre.logDensity());
          RunCheckpoint.writeDoubles(out, centre.precision().packed());
        });
  }

  /** Proposals that an earlier run had evaluated. */
  int taken() {
    return stored;
  }

  /**
   * Evaluates what is not yet evaluated.
   *
   * @param batch proposals that share a pass
   */
  void evaluate(int batch, Watch watch) throws Exception {
    watch.onSignal(this::save);
    int d = target.dimension();
    double[] points = new double[Math.min(batch, values.length) * d];
    double[] out = new double[Math.min(batch, values.length)];
    while (done < values.length) {
      int count = Math.min(batch, values.length - done);
      sampler.propose(done, count, points);
      target.logDensities(points, count, out);
      synchronized (this) {
        System.arraycopy(out, 0, values, done, count);
        done += count;
      }
      if (done < values.length) {
        watch.pause(this::save, checkpoint.path());
      }
    }
  }

  private synchronized void save() throws IOException {
    checkpoint.append(VALUES, values, stored, done);
    checkpoint.write(VALUES, out -> out.writeInt(done));
    stored = done;
  }

  /** The proposals with their weights. */
  WeightedDraws weighted(List<String> names) {
    return sampler.weighted(names, Arrays.copyOf(values, values.length));
  }

  /** The chains. */
  Chains chains(List<String> names) {
    return sampler.chains(names, values);
  }
}
