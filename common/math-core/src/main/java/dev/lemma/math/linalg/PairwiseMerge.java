// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Merges parts pairwise by index, always along the same tree: node j of level l covers the parts
 * j·2<sup>l</sup> to (j+1)·2<sup>l</sup> - 1 and is the merge of nodes 2j and 2j + 1 of the level
 * below; where one of the two holds no part it is the other as it stands. The tree follows from the
 * indices alone, so merging parts where they lie and the rest later gives the same bits as merging
 * all in one place.
 *
 * <p>Rounding errors grow with the depth of the tree, log2 of the number of parts, and not with
 * their number. At most that many partial results are held. Not thread-safe.
 *
 * @param <T> a partial result; the operator may change and return its left argument
 * @see <a href="https://doi.org/10.1137/0914050">N. J. Higham: The accuracy of floating point
 *     summation, SIAM J. Sci. Comput. 14, 1993</a>
 */
public final class PairwiseMerge<T> {
  /** A complete node, named by the first of its parts. */
  private record Node<T>(long index, T value) {}

  private final BinaryOperator<T> merge;
  private final List<Node<T>> pending = new ArrayList<>();
  private long next;
  private boolean finished;

  /**
   * An empty merge.
   *
   * @param merge joins a left part and the one that follows it
   */
  public PairwiseMerge(BinaryOperator<T> merge) {
    this.merge = merge;
  }

  /**
   * The merge of a list whose elements are the parts 0, 1, 2, ...
   *
   * @throws IllegalArgumentException if the list is empty
   */
  public static <T> T of(List<T> parts, BinaryOperator<T> merge) {
    PairwiseMerge<T> merging = new PairwiseMerge<>(merge);
    for (int i = 0; i < parts.size(); i++) {
      merging.add(i, parts.get(i));
    }
    return merging.finish().orElseThrow(() -> new IllegalArgumentException("no parts to merge"));
  }

  /**
   * Adds a part. Indices that are left out stand for parts that hold nothing.
   *
   * @param index at least 0 and larger than all indices before
   * @throws IllegalArgumentException if it is not
   * @throws IllegalStateException after {@link #finish}
   */
  public void add(long index, T part) {
    if (finished) {
      throw new IllegalStateException("a finished merge takes no further part");
    }
    if (index < next) {
      throw new IllegalArgumentException(
          "parts are merged by ascending index: expected at least " + next + ", found " + index);
    }
    next = index + 1;
    while (pending.size() > 1 && topsMeetBefore(index)) {
      mergeTops();
    }
    pending.add(new Node<>(index, part));
  }

  /** The merge of all parts, empty when there were none. Ends the merge. */
  public Optional<T> finish() {
    finished = true;
    while (pending.size() > 1) {
      mergeTops();
    }
    return pending.isEmpty() ? Optional.empty() : Optional.of(pending.get(0).value);
  }

  /** Whether the node in which the two last pending ones meet ends before this index. */
  private boolean topsMeetBefore(long index) {
    long left = pending.get(pending.size() - 2).index;
    long right = pending.get(pending.size() - 1).index;
    int level = Long.SIZE - Long.numberOfLeadingZeros(left ^ right);
    return left >> level != index >> level;
  }

  private void mergeTops() {
    Node<T> right = pending.remove(pending.size() - 1);
    Node<T> left = pending.remove(pending.size() - 1);
    pending.add(new Node<>(left.index, merge.apply(left.value, right.value)));
  }
}
