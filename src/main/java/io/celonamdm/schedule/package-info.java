/** Schedules syncs: nights, Quartz triggers, jitter, missed nights, runs on demand, settings changed at runtime. */
@NullMarked
package io.celonamdm.schedule;

import org.jspecify.annotations.NullMarked;
