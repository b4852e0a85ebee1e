/** Microsoft Graph as Intune uses it: pages, batches, throttling, permissions. */
@NullMarked
package io.celonamdm.platform.intune.graph;

import org.jspecify.annotations.NullMarked;
