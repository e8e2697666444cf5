// SPDX-License-Identifier: Apache-2.0
/**
 * What was promised of Lemma's speed, measured: every figure stands beside its limit or its peer,
 * taken in the same run, in turn, as medians.
 *
 * <p><b>Kernels</b> against BLAS, other kernels and fixed times for each entry; a table and {@code
 * jobs/benchmarks/target/kernels.json} in about a minute:
 *
 * <pre>mvn -q -Pbench -pl jobs/benchmarks -am -DskipTests verify</pre>
 *
 * <p>{@link dev.lemma.benchmarks.Kernels} reports processor time of the measuring thread, JVM start
 * and warm-up excluded; rates change with the machine's load, ratios hardly. The same kernels one
 * by one under JMH, with forks: add {@code -Dbench.main=dev.lemma.benchmarks.KernelBenchmark}.
 * Signatures and exact tiles of {@code neighbors}: {@code
 * -Dbench.main=dev.lemma.benchmarks.NeighborKernels}.
 *
 * <p><b>Whole jobs</b>, a table in Markdown and {@code jobs/benchmarks/target/jobs.json} in about
 * twenty minutes on two quiet cores and 10 GB of disk:
 *
 * <pre>mvn -q -Pbench -pl jobs/benchmarks -am -DskipTests verify \
 *   -Dbench.main=dev.lemma.benchmarks.Jobs -Dbench.heap=5g</pre>
 *
 * <p>{@link dev.lemma.benchmarks.Jobs} times by the clock on the wall, in one process with one
 * Spark session, start of both excluded, after a round that is not timed; processor time of the
 * whole process stands beside it, which other work on the machine hardly changes. It stops when two
 * sides did not do the same work. Sizes, with {@code -D}: {@code bench.only} (any of plain, usual,
 * scale, words, with commas between), {@code bench.rows}, {@code bench.usual-rows}, {@code
 * bench.scale-rows}, {@code bench.words}, {@code bench.repeats}; {@code bench.verbose=true} shows
 * what the jobs say. To see in a minute or two whether all works:
 *
 * <pre>mvn -q -Pbench -pl jobs/benchmarks -am -DskipTests verify \
 *   -Dbench.main=dev.lemma.benchmarks.Jobs -Dbench.heap=5g -Dbench.repeats=1 -Dbench.rows=100000 \
 *   -Dbench.usual-rows=20000 -Dbench.scale-rows=1000000 -Dbench.words=1000000</pre>
 *
 * <p><b>Logistic regression</b> in closed form against Spark's, and against a job that only reads;
 * {@code jobs/benchmarks/target/logistic.json}:
 *
 * <pre>mvn -q -Pbench -pl jobs/benchmarks -am -DskipTests verify \
 *   -Dbench.main=dev.lemma.benchmarks.Logistic -Dbench.heap=4g</pre>
 *
 * <p>{@link dev.lemma.benchmarks.Logistic} times as the whole jobs are timed, and stops when the
 * log-loss of one side is behind that of the other. Sizes: {@code bench.only} (any of dense, scan,
 * sparse), {@code bench.dense-rows}, {@code bench.scan-rows}, {@code bench.sparse-rows}, {@code
 * bench.repeats}. The census data are those of {@code shared/data/logistic/a9a.libsvm.gz} in a
 * folder above this one, or else made to the same shape.
 *
 * <p><b>Posteriors</b> against JAGS with its module glm (command {@code jags}, Debian's package of
 * that name), one thread each, and the job's passes against plain loops over arrays; {@code
 * jobs/benchmarks/target/posterior/posterior.json}:
 *
 * <pre>mvn -q -Pbench -pl jobs/benchmarks -am -DskipTests verify \
 *   -Dbench.main=dev.lemma.benchmarks.Posterior -Dbench.heap=3g</pre>
 *
 * <p>{@link dev.lemma.benchmarks.Posterior} stops when the means of both sides differ. Sizes:
 * {@code bench.only} (jags, pass), {@code bench.jags-rows}, {@code bench.pass-rows}, {@code
 * bench.repeats}. JAGS takes ten minutes for the rows of the default.
 *
 * <p><b>SVD and PCA</b> against MLlib's {@code computeSVD} and Spark ML's {@code PCA}; {@code
 * jobs/benchmarks/target/svd.json}:
 *
 * <pre>mvn -q -Pbench -pl jobs/benchmarks -am -DskipTests verify \
 *   -Dbench.main=dev.lemma.benchmarks.Svd -Dbench.heap=6g</pre>
 *
 * <p>{@link dev.lemma.benchmarks.Svd} stops when what one side leaves of the matrix exceeds what
 * the other does by more than was promised. Sizes: {@code bench.only} (sparse, dense), {@code
 * bench.svd-rows}, {@code bench.svd-reads}, {@code bench.svd-oversampling}, {@code bench.repeats}.
 * Where a native BLAS is installed, run it with {@code OPENBLAS_NUM_THREADS=1}: tasks fill the
 * cores.
 *
 * <p><b>Random features</b> against the plain matrix product, in half a minute, and the accuracy of
 * the closed form behind them on handwritten digits, in some minutes ({@code bench.repeats} splits
 * into ten folds, {@code bench.k} features):
 *
 * <pre>mvn -q -Pbench -pl jobs/benchmarks -am -DskipTests verify \
 *   -Dbench.main=dev.lemma.benchmarks.RandomFeatureKernels
 * mvn -q -Pbench -pl jobs/benchmarks -am -DskipTests verify \
 *   -Dbench.main=dev.lemma.benchmarks.Digits -Dbench.k=2048</pre>
 *
 * <p><b>SQL functions</b> against the same formula in Spark's built-in functions and in UDFs, over
 * 1e8 rows; {@code jobs/benchmarks/target/functions.json}, in half an hour:
 *
 * <pre>mvn -q -Pbench -pl jobs/benchmarks -am -DskipTests verify \
 *   -Dbench.main=dev.lemma.benchmarks.SmallFunctions -Dbench.heap=4g</pre>
 *
 * <p>What a closed form is worth against the maximum of the likelihood, on words of real texts: add
 * {@code -Dbench.main=dev.lemma.benchmarks.LexicalClasses}; {@code bench.k} is the dimension that
 * they are projected to.
 */
package dev.lemma.benchmarks;
