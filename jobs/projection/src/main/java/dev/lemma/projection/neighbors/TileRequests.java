// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection.neighbors;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Asks the tiles of a table for what they hold of some points: a request is 8 bytes a point, once
 * for each tile that asks, however often it needs the point.
 */
final class TileRequests {
  private TileRequests() {}

  @DefaultSerializer(JavaSerializer.class)
  private record Request(int asker, long[] points) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * What one tile holds of the points that it was asked for.
   *
   * @param tile that answers
   * @param points asked for, ascending
   * @param content in the order of points
   */
  @DefaultSerializer(JavaSerializer.class)
  record Answer<T>(int tile, long[] points, T content) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Reads what is asked for of some points, told by their places in a tile. */
  @FunctionalInterface
  interface Reading<T> extends Serializable {
    T read(Tile tile, int[] chosen);
  }

  /**
   * The answers, in the partition of the tile that asked.
   *
   * @param wanted in partition i arrays of the points that tile i asks for, in any order
   * @param data the table that is asked
   * @param self whether those that ask are of the same table: no tile asks itself
   */
  static <T> JavaRDD<Answer<T>> answers(
      JavaRDD<long[]> wanted, PointSet data, boolean self, Reading<T> reading) {
    PointSet.Starts starts = data.starts();
    int askers = wanted.getNumPartitions();
    JavaRDD<Request> requests =
        wanted
            .mapPartitionsWithIndex((tile, part) -> requests(tile, part, starts, self), true)
            .mapToPair(request -> request)
            .partitionBy(new ByIndex(starts.tiles()))
            .values();
    return data.tiles()
        .zipPartitions(requests, (tile, part) -> answers(tile.next(), part, starts, reading))
        .mapToPair(answer -> answer)
        .partitionBy(new ByIndex(askers))
        .values();
  }

  private static Iterator<Tuple2<Integer, Request>> requests(
      int asker, Iterator<long[]> wanted, PointSet.Starts starts, boolean self) {
    List<long[]> parts = all(wanted);
    long[] points = new long[Math.toIntExact(parts.stream().mapToLong(part -> part.length).sum())];
    int count = 0;
    for (long[] part : parts) {
      System.arraycopy(part, 0, points, count, part.length);
      count += part.length;
    }
    Arrays.sort(points);
    int different = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || points[i] != points[i - 1]) {
        points[different++] = points[i];
      }
    }
    List<Tuple2<Integer, Request>> requests = new ArrayList<>();
    int from = 0;
    while (from < different) {
      int tile = starts.tileOf(points[from]);
      int to = from + 1;
      while (to < different && points[to] < starts.first()[tile + 1]) {
        to++;
      }
      if (!self || tile != asker) {
        requests.add(new Tuple2<>(tile, new Request(asker, Arrays.copyOfRange(points, from, to))));
      }
      from = to;
    }
    return requests.iterator();
  }

  private static <T> Iterator<Tuple2<Integer, Answer<T>>> answers(
      Tile tile, Iterator<Request> requests, PointSet.Starts starts, Reading<T> reading) {
    List<Tuple2<Integer, Answer<T>>> answers = new ArrayList<>();
    while (requests.hasNext()) {
      Request request = requests.next();
      int index = starts.tileOf(request.points()[0]);
      int[] chosen = new int[request.points().length];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = (int) (request.points()[i] - starts.first()[index]);
      }
      answers.add(
          new Tuple2<>(
              request.asker(), new Answer<>(index, request.points(), reading.read(tile, chosen))));
    }
    return answers.iterator();
  }

  /** What an iterator still holds. */
  static <T> List<T> all(Iterator<T> iterator) {
    List<T> all = new ArrayList<>();
    iterator.forEachRemaining(all::add);
    return all;
  }
}
