/** When syncs run: nights, Quartz triggers, jitter, missed nights, runs on demand, settings that change while it runs. */
@NullMarked
package io.celonamdm.schedule;

import org.jspecify.annotations.NullMarked;
