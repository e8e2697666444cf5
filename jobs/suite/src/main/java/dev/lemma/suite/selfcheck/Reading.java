// SPDX-License-Identifier: Apache-2.0
package dev.lemma.suite.selfcheck;

import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What one executor gave for one check: a row of the job's table.
 *
 * @param place where
 * @param check the name of the check
 * @param demand what is asked of it
 * @param status what came of it; {@link Status#MEASURED} until it is judged
 * @param value a rate in its unit, larger is faster, or a number; NaN where there is none
 * @param unit of the value, or empty
 * @param expected the known answer, or empty
 * @param found the answer found, or empty
 */
record Reading(
    Place place,
    String check,
    Demand demand,
    Status status,
    double value,
    String unit,
    String expected,
    String found) {
  /** The answer to checks that are questions. */
  static final String YES = "yes";

  /** The columns of {@link #toRow}. */
  static final StructType SCHEMA =
      new StructType()
          .add("executor", DataTypes.StringType, false)
          .add("host", DataTypes.StringType, false)
          .add("check", DataTypes.StringType, false)
          .add("demand", DataTypes.StringType, false)
          .add("status", DataTypes.StringType, false)
          .add("value", DataTypes.DoubleType, true)
          .add("unit", DataTypes.StringType, false)
          .add("expected", DataTypes.StringType, false)
          .add("found", DataTypes.StringType, false);

  /** Refuses null. */
  Reading {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(demand, "demand");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(found, "found");
  }

  /** The answer that a check finds here. */
  static Reading of(Place place, Check check) {
    return answer(place, check.name(), check.demand(), check.expected(), check.answer());
  }

  static Reading answer(Place place, String check, Demand demand, String expected, String found) {
    return new Reading(place, check, demand, Status.MEASURED, Double.NaN, "", expected, found);
  }

  static Reading rate(Place place, String check, double value, String unit) {
    return new Reading(place, check, Demand.RATE, Status.MEASURED, value, unit, "", "");
  }

  Reading with(Status judged) {
    return new Reading(place, check, demand, judged, value, unit, expected, found);
  }

  /** As a row, the form in which readings travel whatever the serialiser is. */
  Row toRow() {
    return RowFactory.create(
        place.executor(),
        place.host(),
        check,
        demand.name().toLowerCase(Locale.ROOT),
        status.key(),
        Double.isNaN(value) ? null : value,
        unit,
        expected,
        found);
  }

  static Reading of(Row row) {
    return new Reading(
        new Place(row.getString(0), row.getString(1)),
        row.getString(2),
        Demand.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
        Status.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
        row.isNullAt(5) ? Double.NaN : row.getDouble(5),
        row.getString(6),
        row.getString(7),
        row.getString(8));
  }
}
