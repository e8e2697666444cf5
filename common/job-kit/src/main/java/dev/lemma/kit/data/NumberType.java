// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.data;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Number types that are read as they are; all others are cast to double first. */
public enum NumberType {
  /** 64-bit floating point. */
  DOUBLE(DataTypes.DoubleType),
  /** 32-bit floating point. */
  FLOAT(DataTypes.FloatType),
  /** 64-bit integer; beyond 2<sup>53</sup> it is rounded to the nearest double. */
  LONG(DataTypes.LongType),
  /** 32-bit integer. */
  INT(DataTypes.IntegerType);

  private final transient DataType sqlType;

  NumberType(DataType sqlType) {
    this.sqlType = sqlType;
  }

  /** Spark's name of the type. */
  DataType sqlType() {
    return sqlType;
  }

  /** How numbers of Spark's type are read. */
  public static NumberType of(DataType type) {
    for (NumberType candidate : values()) {
      if (candidate.sqlType.equals(type)) {
        return candidate;
      }
    }
    return DOUBLE;
  }
}
