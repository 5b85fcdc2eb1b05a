/** The benchmark: a fleet's records through the job, its parts and its peers. Never shipped. */
package io.tripwatch.bench;
