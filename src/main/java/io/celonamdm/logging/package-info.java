/** The subject of each log line, and the redaction of its text. */
@NullMarked
package io.celonamdm.logging;

import org.jspecify.annotations.NullMarked;
