/** How fast one gets on where and when, as learned from all drivers; alone knows H3. */
package io.tripwatch.speed;
