/** Flink clusters: one of real processes on this machine, and the job on any, through REST. */
package io.tripwatch.cluster;
