/** Checks what a sync needs before its first night, or when something looks odd, without writing at a vendor. */
@NullMarked
package io.celonamdm.preflight;

import org.jspecify.annotations.NullMarked;
