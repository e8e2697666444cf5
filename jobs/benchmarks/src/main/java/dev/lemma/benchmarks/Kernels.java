// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The kernels of math-core against their limits, in one run of about a minute. */
public final class Kernels {
  private static final double NO_LIMIT = 0;

  private final BLAS java = JavaBLAS.getInstance();
  private final BLAS inUse = nativeOr(java);
  private final List<Figure> figures = new ArrayList<>();
  private final PrintStream table;

  private Kernels(PrintStream table) {
    this.table = table;
  }

  /**
   * Prints the table and writes {@code kernels.json}.
   *
   * @param args the folder of the JSON file
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Kernels kernels = new Kernels(System.out);
    kernels.run();
    Path file = Path.of(args[0], "kernels.json");
    Files.writeString(file, kernels.json());
    System.out.println("written: " + file);
  }

  private static BLAS nativeOr(BLAS fallback) {
    try {
      return NativeBLAS.getInstance();
    } catch (RuntimeException e) {
      return fallback;
    }
  }

  private void run() throws IOException {
    table.println("Java BLAS: " + java.getClass().getSimpleName());
    table.println("BLAS in use: " + inUse.getClass().getSimpleName());
    table.println(Figure.header());
    Shape usual = new Shape(1024, 1024, 256);
    signFloats(usual);
    signDoubles(usual);
    signRows(usual);
    signRows(new Shape(32, 16_384, 334));
    fast(usual);
    hadamard(new Shape(256, 4096, 1024));
    for (int words : List.of(30_000, 100_000, 200_000)) {
      String what = "sparse-sign, Zipf law of " + words + " words, k=512 zeta=4";
      sparse(what, TextRows.zipf(20_000, words), 8, 1);
    }
    sparse("sparse-sign, glosses by eight, k=512 zeta=4", Glosses.documents(8), 8, 1);
    sparse("sparse-sign, glosses, k=512 zeta=4", Glosses.rows(), 8, NO_LIMIT);
    sparse("sparse-sign, unknown words, k=512 zeta=4", TextRows.strangers(8_000), 45, 1);
  }

  private void report(Figure figure) {
    figures.add(figure);
    table.println(figure.line());
  }

  private void signFloats(Shape shape) {
    float[] rows = shape.floats();
    Projection sign = shape.projection(Family.SIGN);
    float[] out = new float[shape.n() * shape.k()];
    float[] matrix = new float[shape.d() * shape.k()];
    float[] product = new float[out.length];
    float[] nativeProduct = new float[out.length];
    fillMatrix(sign, shape, matrix);
    Runnable exact = () -> sign.projectRows(rows, shape.n(), out);
    Runnable vector = () -> sgemm(java, shape, rows, matrix, product);
    Runnable library = () -> sgemm(inUse, shape, rows, matrix, nativeProduct);
    double[] nanos = Alternation.nanos(exact, vector, library);
    Checks.same(out, product, 1e-4);
    Checks.same(out, nativeProduct, 1e-4);
    double rate = shape.flops() / nanos[0];
    String what = "sign, float, blocks of rows, " + shape;
    report(Figure.rate(what, rate, name(java) + " sgemm", shape.flops() / nanos[1], 0.7));
    report(Figure.rate(what, rate, name(inUse) + " sgemm", shape.flops() / nanos[2], NO_LIMIT));
  }

  private void signDoubles(Shape shape) {
    double[] rows = shape.doubles();
    Projection sign = shape.projection(Family.SIGN);
    double[] out = new double[shape.n() * shape.k()];
    float[] floats = new float[shape.d() * shape.k()];
    fillMatrix(sign, shape, floats);
    double[] matrix = new double[floats.length];
    double scale = 1 / Math.sqrt(shape.k());
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = Math.copySign(scale, floats[i]);
    }
    double[] product = new double[out.length];
    Runnable exact = () -> sign.projectRows(rows, shape.n(), out);
    Runnable vector =
        () ->
            new BlasGemm(java)
                .dgemm(
                    shape.n(), shape.k(), shape.d(), 1, rows, 0, shape.d(), matrix, 0, shape.k(), 0,
                    product, 0, shape.k());
    double[] nanos = Alternation.nanos(exact, vector);
    Checks.same(out, product, 1e-12);
    report(
        Figure.rate(
            "sign, double, blocks of rows, " + shape,
            shape.flops() / nanos[0],
            name(java) + " dgemm",
            shape.flops() / nanos[1],
            0.7));
  }

  private void signRows(Shape shape) {
    float[] rows = shape.floats();
    Projection sign = shape.projection(Family.SIGN);
    float[] matrix = new float[shape.d() * shape.k()];
    fillMatrix(sign, shape, matrix);
    float[] out = new float[shape.n() * shape.k()];
    float[] product = new float[out.length];
    Runnable exact = () -> oneByOne(sign, shape, rows, out);
    Runnable vector = () -> sgemm(java, shape, rows, matrix, product);
    double[] nanos = Alternation.nanos(exact, vector);
    Checks.same(out, product, 1e-4);
    report(
        Figure.rate(
            "sign, float, row by row, " + shape,
            shape.flops() / nanos[0],
            name(java) + " sgemm",
            shape.flops() / nanos[1],
            NO_LIMIT));
  }

  private void fast(Shape shape) {
    float[] rows = shape.floats();
    Projection sign = shape.projection(Family.SIGN);
    float[] matrix = new float[shape.d() * shape.k()];
    fillMatrix(sign, shape, matrix);
    float[] out = new float[shape.n() * shape.k()];
    float[] product = new float[out.length];
    BlasGemm gemm = new BlasGemm(inUse);
    Runnable fast = () -> sign.projectRowsFast(rows, shape.n(), out, gemm);
    Runnable bare = () -> sgemm(inUse, shape, rows, matrix, product);
    double[] nanos = Alternation.nanos(fast, bare);
    Checks.same(out, product, 1e-4);
    report(
        Figure.rate(
            "sign, float, kernel = fast, " + shape,
            shape.flops() / nanos[0],
            name(inUse) + " sgemm",
            shape.flops() / nanos[1],
            0.9));
  }

  private void hadamard(Shape shape) {
    float[] rows = shape.floats();
    Projection sign = shape.projection(Family.SIGN);
    Projection hadamard = shape.projection(Family.HADAMARD);
    float[] matrix = new float[shape.d() * shape.k()];
    fillMatrix(sign, shape, matrix);
    float[] out = new float[shape.n() * shape.k()];
    float[] alone = new float[out.length];
    float[] other = new float[out.length];
    float[] product = new float[out.length];
    Runnable blocks = () -> hadamard.projectRows(rows, shape.n(), out);
    Runnable single = () -> oneByOne(hadamard, shape, rows, alone);
    Runnable dense = () -> sign.projectRows(rows, shape.n(), other);
    Runnable vector = () -> sgemm(java, shape, rows, matrix, product);
    double[] nanos = Alternation.nanos(blocks, single, dense, vector);
    Checks.same(out, alone, 0);
    Checks.sameNorm(out, other, 0.02);
    double perRow = 1e-3 / shape.n();
    String what = "hadamard, float, blocks of rows, " + shape;
    String unit = "us/row";
    report(
        Figure.duration(
            what, nanos[0] * perRow, unit, "sign, blocks of rows", nanos[2] * perRow, 15));
    report(
        Figure.duration(
            what, nanos[0] * perRow, unit, name(java) + " sgemm", nanos[3] * perRow, NO_LIMIT));
    report(
        Figure.duration(
            "hadamard, float, row by row, " + shape,
            nanos[1] * perRow,
            unit,
            name(java) + " sgemm",
            nanos[3] * perRow,
            NO_LIMIT));
  }

  private void sparse(String what, SparseRow[] rows, double targetNanos, double limit) {
    Projection floats = Projection.of(openSparse());
    Projection doubles = Projection.of(openSparse());
    float[] out = new float[512];
    double[] wide = new double[512];
    Batches single = new Batches(rows);
    Batches twin = new Batches(rows);
    double entries = single.entries();
    double[] nanos =
        Alternation.nanos(
            new Alternation.Prepared(single::advance, () -> single.project(floats, out)),
            new Alternation.Prepared(twin::advance, () -> twin.project(doubles, wide)));
    report(
        Figure.duration(
            what + ", float", nanos[0] / entries, "ns/nnz", "target in ns", targetNanos, limit));
    report(
        Figure.duration(
            what + ", double", nanos[1] / entries, "ns/nnz", "target in ns", targetNanos, limit));
  }

  private static ProjectionSpec openSparse() {
    return new ProjectionSpec(Family.SPARSE_SIGN, 1, 512, OptionalLong.empty(), 4, 0);
  }

  private static void oneByOne(Projection projection, Shape shape, float[] rows, float[] out) {
    float[] row = new float[shape.d()];
    float[] projected = new float[shape.k()];
    for (int r = 0; r < shape.n(); r++) {
      System.arraycopy(rows, r * shape.d(), row, 0, shape.d());
      projection.project(row, projected);
      System.arraycopy(projected, 0, out, r * shape.k(), shape.k());
    }
  }

  /** The d x k matrix of the projection, row-major: the images of the unit vectors. */
  private static void fillMatrix(Projection projection, Shape shape, float[] matrix) {
    SparseRow unit = new SparseRow();
    float[] column = new float[shape.k()];
    for (int j = 0; j < shape.d(); j++) {
      unit.clear();
      unit.append(j, 1);
      projection.project(unit, column);
      System.arraycopy(column, 0, matrix, j * shape.k(), shape.k());
    }
  }

  private static void sgemm(BLAS blas, Shape shape, float[] rows, float[] matrix, float[] out) {
    new BlasGemm(blas)
        .sgemm(
            shape.n(), shape.k(), shape.d(), 1, rows, 0, shape.d(), matrix, 0, shape.k(), 0, out, 0,
            shape.k());
  }

  private static String name(BLAS blas) {
    return blas.getClass().getSimpleName();
  }

  private String json() {
    return figures.stream()
        .map(figure -> "  " + figure.json())
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }
}
