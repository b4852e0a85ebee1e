/** What a sync needs, looked at before its first night or when something is odd. Nothing is written at a vendor. */
@NullMarked
package io.celonamdm.preflight;

import org.jspecify.annotations.NullMarked;
