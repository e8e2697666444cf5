// SPDX-License-Identifier: Apache-2.0
/**
 * Kernels measured against their limits: BLAS, other kernels, fixed times for each entry.
 *
 * <p>The short comparison, a table with each limit beside the figure and {@code
 * jobs/benchmarks/target/kernels.json}:
 *
 * <pre>mvn -q -Pbench -pl jobs/benchmarks -am -DskipTests verify</pre>
 *
 * <p>{@link dev.lemma.benchmarks.Kernels} alternates the two sides of each comparison and reports
 * the medians of processor time of the measuring thread, JVM start and warm-up excluded; rates
 * change with the machine's load, ratios hardly. The same kernels one by one under JMH, with forks:
 * add {@code -Dbench.main=dev.lemma.benchmarks.KernelBenchmark}.
 */
package dev.lemma.benchmarks;
