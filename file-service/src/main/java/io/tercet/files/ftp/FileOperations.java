package io.tercet.files.ftp;

import io.tercet.files.download.Downloads;
import io.tercet.files.folder.Folders;
import io.tercet.files.upload.Uploads;
import org.springframework.stereotype.Component;

/// The operations on files that FTP commands use, and the settings of the FTP server.
@Component
record FileOperations(
    Uploads uploads, Downloads downloads, Folders folders, FtpSettings settings) {}
