/** Outgoing calls: tokens, connections, and the meaning of failures. */
@NullMarked
package io.celonamdm.http;

import org.jspecify.annotations.NullMarked;
