// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.kit.data.BlasGemm;
import dev.lemma.math.neighbors.ExactTiles;
import dev.lemma.math.neighbors.HashFamily;
import dev.lemma.math.neighbors.HashKind;
import dev.lemma.math.neighbors.HashSpec;
import dev.lemma.math.neighbors.Metric;
import dev.lemma.math.neighbors.RowBlock;
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

/** Signatures and exact tiles against matrix products of the same size, in one run. */
public final class NeighborKernels {
  private static final double NO_LIMIT = 0;
  private static final int TABLES = 10;
  private static final int TILE_ROWS = 2048;

  private final BLAS java = JavaBLAS.getInstance();
  private final BLAS inUse = nativeOr(java);
  private final List<Figure> figures = new ArrayList<>();
  private final PrintStream table;

  private NeighborKernels(PrintStream table) {
    this.table = table;
  }

  /**
   * Prints the table and writes {@code neighbor-kernels.json}.
   *
   * @param args the folder of the JSON file
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    NeighborKernels kernels = new NeighborKernels(System.out);
    kernels.run();
    Path file = Path.of(args[0], "neighbor-kernels.json");
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

  private void run() {
    table.println("Java BLAS: " + java.getClass().getSimpleName());
    table.println("BLAS in use: " + inUse.getClass().getSimpleName());
    table.println(Figure.header());
    projected(HashKind.SIGN, 128, 24);
    projected(HashKind.STABLE, 128, 10);
    projected(HashKind.SIGN, 1024, 24);
    polytope(128);
    polytope(1024);
    tiles(128);
    tiles(1024);
  }

  private void report(Figure figure) {
    figures.add(figure);
    table.println(figure.line());
  }

  /** Operations of the product by itself; packing comes on top. */
  private void projected(HashKind kind, int d, int hashes) {
    Shape shape = new Shape(1024, d, TABLES * hashes);
    HashSpec spec =
        new HashSpec(
            kind, 1, OptionalLong.of(d), TABLES, hashes, 0, kind == HashKind.STABLE ? 4 : 0);
    float[] rows = shape.floats();
    float[] matrix = new float[d * shape.k()];
    System.arraycopy(shape.floats(), 0, matrix, 0, Math.min(matrix.length, rows.length));
    float[] product = new float[shape.n() * shape.k()];
    HashFamily family = HashFamily.of(spec);
    long[] signatures = new long[shape.n() * spec.words()];
    Runnable hash = () -> family.hashRows(rows, shape.n(), signatures);
    Runnable vector = () -> sgemm(java, shape, rows, matrix, product);
    Runnable library = () -> sgemm(inUse, shape, rows, matrix, product);
    double[] nanos = Alternation.nanos(hash, vector, library);
    String what = kind.key() + " signatures, " + shape;
    double rate = shape.flops() / nanos[0];
    report(Figure.rate(what, rate, name(java) + " sgemm", shape.flops() / nanos[1], NO_LIMIT));
    report(Figure.rate(what, rate, name(inUse) + " sgemm", shape.flops() / nanos[2], NO_LIMIT));
  }

  /** Against the product that a dense rotation for each hash would take. */
  private void polytope(int d) {
    int hashes = 2;
    HashSpec spec = new HashSpec(HashKind.POLYTOPE, 1, OptionalLong.of(d), TABLES, hashes, 0, 0);
    Shape rotation = new Shape(256, d, d);
    float[] rows = rotation.floats();
    float[] matrix = new Shape(d, d, 1).floats();
    float[] product = new float[rotation.n() * d];
    HashFamily family = HashFamily.of(spec);
    long[] signatures = new long[rotation.n() * spec.words()];
    Runnable hash = () -> family.hashRows(rows, rotation.n(), signatures);
    Runnable vector = () -> sgemm(java, rotation, rows, matrix, product);
    double[] nanos = Alternation.nanos(hash, vector);
    double perHash = nanos[0] / rotation.n() / spec.tables() / hashes;
    report(
        Figure.duration(
            "polytope hash of a row, d=" + d,
            perHash * 1e-3,
            "us",
            name(java) + " d x d",
            nanos[1] / rotation.n() * 1e-3,
            NO_LIMIT));
  }

  private void tiles(int d) {
    Shape shape = new Shape(TILE_ROWS, d, TILE_ROWS);
    float[] rows = shape.floats();
    float[] other = rows.clone();
    for (int i = 0; i < other.length; i++) {
      other[i] = -rows[rows.length - 1 - i];
    }
    float[] transposed = new float[rows.length];
    for (int i = 0; i < TILE_ROWS; i++) {
      for (int j = 0; j < d; j++) {
        transposed[j * TILE_ROWS + i] = other[i * d + j];
      }
    }
    float[] product = new float[TILE_ROWS * TILE_ROWS];
    RowBlock left = RowBlock.dense(rows, TILE_ROWS, d);
    RowBlock right = RowBlock.dense(other, TILE_ROWS, d);
    long[] loopPairs = new long[1];
    long[] libraryPairs = new long[1];
    double radius = 0.72 * Math.sqrt(2.0 / 3 * d);
    ExactTiles loops = new ExactTiles(Metric.EUCLIDEAN);
    ExactTiles library = new ExactTiles(Metric.EUCLIDEAN, new BlasGemm(inUse));
    double[] nanos =
        Alternation.nanos(
            () -> {
              loopPairs[0] = 0;
              loops.within(left, right, radius, (i, j, distance) -> loopPairs[0]++);
            },
            () -> {
              libraryPairs[0] = 0;
              library.within(left, right, radius, (i, j, distance) -> libraryPairs[0]++);
            },
            () -> sgemm(java, shape, rows, transposed, product),
            () -> sgemm(inUse, shape, rows, transposed, product));
    if (loopPairs[0] != libraryPairs[0]) {
      throw new IllegalStateException(
          "tiles disagree: " + loopPairs[0] + " and " + libraryPairs[0] + " pairs");
    }
    String size = TILE_ROWS + " x " + TILE_ROWS + " x " + d;
    report(
        Figure.rate(
            "exact tiles, own loops, " + size,
            shape.flops() / nanos[0],
            name(java) + " sgemm",
            shape.flops() / nanos[2],
            NO_LIMIT));
    report(
        Figure.rate(
            "exact tiles, library, " + size,
            shape.flops() / nanos[1],
            name(inUse) + " sgemm",
            shape.flops() / nanos[3],
            NO_LIMIT));
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
