/// Stories of sharing over FTP, told with lftp, rclone and curl.
/// Never looks into the data folder.
@NullMarked
package io.tercet.system.ftp;

import org.jspecify.annotations.NullMarked;
