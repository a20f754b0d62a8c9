/*
 * A disk that fails: SQLite's default VFS from then on, over the one that was. It counts what is
 * done to databases, their logs and journals, and at the n-th of it a fault comes.
 */
#ifndef KUTSU_TESTS_FAULT_VFS_H
#define KUTSU_TESTS_FAULT_VFS_H

#include <stdbool.h>

enum fault {
	FAULT_NONE,
	FAULT_ERROR_ONCE, /* the n-th write, sync, truncation or removal fails */
	FAULT_ERROR_EVER, /* ... and all after it, as on a disk that can only be read any more */
	FAULT_FULL,	  /* from the n-th of them on, writes find the disk full */
	FAULT_POWER,	  /* at the n-th of them the power goes: nothing works any more */
	FAULT_READ	  /* the n-th read fails */
};

void fault_vfs_install(void);
void fault_vfs_remove(void);

/* Counts from 0 again. The files must be closed, and are taken to be on the disk as they are. */
void fault_vfs_arm(enum fault fault, int n);
bool fault_vfs_came(void);	   /* whether the n-th was reached */
const char *fault_vfs_where(void); /* what it was: "sync -wal", "write" of the database; or "" */

/* The power goes now, if it was to go later. */
void fault_vfs_cut_power(void);
/*
 * The power is back: after it was cut the files, closed by now, are as the disk has them, of the
 * seed's many ways (fault_disk.h). May be asked again with another seed: it starts from the power
 * cut.
 */
void fault_vfs_reboot(unsigned seed);

#endif
