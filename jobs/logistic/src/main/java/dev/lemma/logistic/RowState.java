// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import dev.lemma.kit.data.BadRow;
import dev.lemma.kit.data.FeatureBuffer;
import dev.lemma.kit.data.Part;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.math.logistic.FoldMoments;
import dev.lemma.math.random.RowKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * The states of one partition or leaf while its rows come in: one for each value of the key
 * columns, and the counts. Belongs to one task.
 *
 * @param <R> a finished state
 */
final class RowState<R extends Serializable> {
  private final RowLayout layout;
  private final RowPass<R> pass;
  private final RowReader reader;
  private final LabelledRow row = new LabelledRow();
  private final RowTally tally = new RowTally();
  private final ClassDictionary classes;
  private final Map<UnsafeRow, RowPass.Rows<R>> groups = new LinkedHashMap<>();
  private UnsafeRow lastGroup;
  private RowPass.Rows<R> last;

  RowState(RowLayout layout, RowPass<R> pass) {
    this.layout = layout;
    this.pass = pass;
    this.reader = layout.reader();
    this.classes = new ClassDictionary(layout.kind(), pass.classes());
    if (!layout.hasKeys()) {
      last = pass.begin();
    }
  }

  /** Takes a row as the layout has it. */
  void add(InternalRow stored) {
    BadRow reason =
        layout.isSideBySide()
            ? layout.columns().read(stored, LabelledRows.SIDE_BY_SIDE, row.features())
            : reader.read(value(stored), row.features());
    add(stored, reason);
  }

  /** Takes the features of the next row. */
  FeatureBuffer features() {
    return row.features();
  }

  /**
   * Takes a row whose features are read already.
   *
   * @param head all but the features
   * @param features what came of reading them into {@link #features}
   */
  void add(InternalRow head, BadRow features) {
    BadRow reason = features == BadRow.NONE ? readHead(head) : features;
    tally.add(reason);
    if (reason == BadRow.NONE) {
      (layout.hasKeys() ? group(head) : last).add(row);
    }
  }

  private BadRow readHead(InternalRow stored) {
    if (stored.isNullAt(LabelledRows.LABEL)) {
      return BadRow.NO_LABEL;
    }
    if (layout.kind().isFractional()
        && !(Math.abs(stored.getDouble(LabelledRows.LABEL)) <= Double.MAX_VALUE)) {
      return BadRow.NO_LABEL;
    }
    row.weight = 1;
    if (layout.hasWeight()) {
      double weight =
          stored.isNullAt(LabelledRows.WEIGHT) ? Double.NaN : stored.getDouble(LabelledRows.WEIGHT);
      if (!(Math.abs(weight) <= Double.MAX_VALUE)) {
        return BadRow.NO_WEIGHT;
      }
      if (weight < 0 && !layout.takesNegative()) {
        return BadRow.NEGATIVE_WEIGHT;
      }
      row.weight = weight;
    }
    row.label = classes.classOf(stored, LabelledRows.LABEL);
    if (layout.keyed()) {
      InternalRow key = stored.getStruct(LabelledRows.KEY, 2);
      row.keyFirst = key.getLong(0);
      row.keySecond = key.getLong(1);
      row.fold = FoldMoments.foldOf(new RowKey(row.keyFirst, row.keySecond), layout.folds());
    }
    return BadRow.NONE;
  }

  private Object value(InternalRow stored) {
    if (stored.isNullAt(LabelledRows.VALUE)) {
      return null;
    }
    return layout.isVector()
        ? stored.getStruct(LabelledRows.VALUE, RowLayout.VECTOR_FIELDS)
        : stored.getArray(LabelledRows.VALUE);
  }

  private RowPass.Rows<R> group(InternalRow stored) {
    // The rows that a scan reads come out of a projection, whose structs are of this class.
    UnsafeRow keys = (UnsafeRow) stored.getStruct(LabelledRows.GROUP, layout.keys().size());
    if (!keys.equals(lastGroup)) {
      lastGroup = keys.copy();
      last = groups.computeIfAbsent(lastGroup, key -> begin());
    }
    return last;
  }

  private RowPass.Rows<R> begin() {
    if (groups.size() >= pass.mostStates()) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "keys = " + String.join(", ", layout.keys().fieldNames()),
              "one partition of the input holds too many values of the keys",
              "more than " + groups.size(),
              "at most " + pass.mostStates() + " in twice the key memory",
              "make one run for each value, arrange the input by it, or raise memory"));
    }
    return pass.begin();
  }

  /** The finished states under this index, the counts among them. */
  List<Part<Group>> finish(long index) {
    List<Part<Group>> parts = new ArrayList<>();
    parts.add(new Part<>(Group.TALLY, index, tally));
    List<String> names = classes.names();
    if (!layout.hasKeys()) {
      parts.add(new Part<>(new Group(null, 0), index, last.finish(names)));
      return parts;
    }
    scala.Function1<Object, Object> converter =
        CatalystTypeConverters.createToScalaConverter(layout.keys());
    groups.forEach(
        (keys, state) ->
            parts.add(
                new Part<>(new Group((Row) converter.apply(keys), 0), index, state.finish(names))));
    return parts;
  }
}
