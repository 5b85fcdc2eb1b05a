/** What the job costs as the fleet, its trips, the rules and the machine grow. */
package io.tripwatch.bench.scale;
