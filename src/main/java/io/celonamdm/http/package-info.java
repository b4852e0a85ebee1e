/** Outgoing calls: tokens, connections, and what a failure means. */
@NullMarked
package io.celonamdm.http;

import org.jspecify.annotations.NullMarked;
