/**
 * The three rules without Tripwatch, in what Flink itself offers for it, and in a plain loop. Each
 * is written as its users would, and finds the same alerts in a fleet's records as the shipped job
 * with all other rules disabled: {@code margin-missed}, {@code on-site-pressed-elsewhere}, and
 * {@code fake-order} with the threshold that only standing still and being too fast together reach.
 *
 * <p>All of them do less than the job. They take a driver for present when he presses ON_SITE,
 * where the job also looks for him at the pickup point; ask the first fix after a press where it
 * was made, where the job asks all within a minute of it; follow neither changed nor cancelled
 * orders nor flights; and take nothing back.
 */
package io.tripwatch.bench.peers;
