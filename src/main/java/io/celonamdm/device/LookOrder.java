package io.celonamdm.device;

import java.time.Instant;

/**
 * What a look between the nights asks of a platform: one page of the devices that it has enrolled lately. It may show
 * more than these; the core ignores devices that it knows.
 *
 * @param enrolledSince no device that was enrolled earlier needs to be shown
 * @param seenSince no device that the platform has not heard of since then needs to be shown
 */
public record LookOrder(Instant enrolledSince, Instant seenSince) {}
