// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.Projection;
import java.util.concurrent.TimeUnit;
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

/** Dense kernels one by one, each in JVMs of its own: microseconds for 256 rows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  private static final int ROWS = 256;

  /** The family of the matrix. */
  @Param({"SIGN", "HADAMARD"})
  public Family family;

  /** Features and outputs. */
  @Param({"1024x256", "4096x1024"})
  public String size;

  private Shape shape;
  private Projection projection;
  private float[] rows;
  private float[] row;
  private float[] out;
  private float[] one;

  /** For JMH, which makes the instances. */
  public KernelBenchmark() {}

  /**
   * Runs all benchmarks of this class.
   *
   * @param args ignored
   * @throws RunnerException if JMH cannot run
   */
  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(KernelBenchmark.class.getName()).build()).run();
  }

  /** Makes the rows. */
  @Setup
  public void setUp() {
    String[] sides = size.split("x", -1);
    shape = new Shape(ROWS, Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    projection = shape.projection(family);
    rows = shape.floats();
    row = new float[shape.d()];
    out = new float[ROWS * shape.k()];
    one = new float[shape.k()];
  }

  /** All rows in one call. */
  @Benchmark
  public float[] block() {
    projection.projectRows(rows, ROWS, out);
    return out;
  }

  /** One call for each row. */
  @Benchmark
  public float[] rowByRow() {
    for (int r = 0; r < ROWS; r++) {
      System.arraycopy(rows, r * shape.d(), row, 0, shape.d());
      projection.project(row, one);
    }
    return one;
  }
}
