// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.kit.data.NativeGram;
import dev.lemma.math.logistic.FoldMoments;
import dev.lemma.math.logistic.MomentAccumulator;
import dev.lemma.math.logistic.MomentShape;
import dev.lemma.math.logistic.ScatterLayout;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Class moments of dense rows, from the rows as a caller has them to the finished statistics, so
 * gathering, centring, packing and finishing are included, beside the matrix product of the BLAS in
 * use on as many flops. {@code gigaflops} counts 2 n d<sup>2</sup> on either side.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class GramBenchmark {
  private static final int INNER = 512;
  private static final int FOLDS = 5;
  private static final int CLASSES = 2;

  /** As many as a task has. */
  private static final int ROWS = 50_000;

  /** Different ones: a reader hands its rows over while they are in the cache. */
  private static final int POOL = 64;

  /** Features. */
  @Param({"200", "1000"})
  public int features;

  /** The BLAS: of Java or of the machine, if it has a native one. */
  @Param({"java", "machine"})
  public String library;

  private BLAS blas;
  private MomentAccumulator accumulator;
  private double[][] rows;
  private double[] a;
  private double[] c;

  /** For JMH, which makes the instances. */
  public GramBenchmark() {}

  /** Counts the flops of all calls in an iteration. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    /** 2 n d<sup>2</sup> flops in units of 10<sup>9</sup>. */
    public double gigaflops;

    /** For JMH, which makes the instances. */
    public Work() {}

    /** Starts again. */
    @Setup(org.openjdk.jmh.annotations.Level.Iteration)
    public void clear() {
      gigaflops = 0;
    }

    void count(double n, double d) {
      gigaflops += 2e-9 * n * d * d;
    }
  }

  /**
   * Runs all benchmarks of this class.
   *
   * @param args ignored
   * @throws RunnerException if JMH cannot run
   */
  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(GramBenchmark.class.getName()).build()).run();
  }

  /** Makes rows far from zero and the accumulator that a job would choose. */
  @Setup
  public void setUp() {
    SplittableRandom random = new SplittableRandom(1);
    rows = new double[POOL][features];
    for (double[] row : rows) {
      for (int j = 0; j < features; j++) {
        row[j] = 1e3 + random.nextDouble();
      }
    }
    MomentShape shape = new MomentShape(FOLDS, CLASSES, features, ScatterLayout.PER_CLASS);
    blas = library.equals("java") ? JavaBLAS.getInstance() : BLAS.getInstance();
    accumulator =
        library.equals("java")
            ? MomentAccumulator.exact(shape)
            : NativeGram.ofMachine()
                .map(gram -> MomentAccumulator.fast(shape, gram))
                .orElseGet(() -> MomentAccumulator.exact(shape));
    a = new double[INNER * features];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextDouble();
    }
    c = new double[features * features];
  }

  /** Moments by fold and class. */
  @Benchmark
  public FoldMoments moments(Work work) {
    for (int r = 0; r < ROWS; r++) {
      accumulator.add(r % FOLDS, r / FOLDS % CLASSES, 1, rows[r % POOL]);
    }
    work.count(ROWS, features);
    return accumulator.finish();
  }

  /** The limit: C = A A' with 512 columns. */
  @Benchmark
  public double[] product(Work work) {
    blas.dgemm(
        "N", "T", features, features, INNER, 1, a, 0, features, a, 0, features, 0, c, 0, features);
    work.count(INNER, features);
    return c;
  }
}
