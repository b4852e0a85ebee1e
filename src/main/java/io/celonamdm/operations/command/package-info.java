/** Without a scheduler: {@code --run} and {@code --plan} on the command line, for cron and for Kubernetes' CronJobs. */
@NullMarked
package io.celonamdm.operations.command;

import org.jspecify.annotations.NullMarked;
