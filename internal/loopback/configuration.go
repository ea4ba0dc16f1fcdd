//go:build linux

package loopback

import (
	"fmt"
	"net"
	"os"
	"strings"
)

// configuration is the text of slurm.conf of a cluster whose state is in a folder: a
// controller and nodes of one processor, which all listen on 127.0.0.1 alone. It keeps
// its own users: all daemons run as the one who runs the test.
//
// Times are short, so that faults show in seconds. cred_expire also delays each requeue,
// by 120 s if it is not set; without the two intervals a job that was requeued waits up to a minute.
// MaxArraySize is Slurm's own default, which bounds the index of a task.
func configuration(dir, host, user string, ports []int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `ClusterName=loopback%[4]d
SlurmctldHost=%[2]s(127.0.0.1)
SlurmctldPort=%[4]d
SlurmUser=%[3]s
SlurmdUser=%[3]s
AuthType=auth/munge
AuthInfo=socket=%[1]s/munge/socket,cred_expire=5
CredType=cred/munge
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
StateSaveLocation=%[1]s/state
SlurmdSpoolDir=%[1]s/spool/%%n
SlurmctldPidFile=%[1]s/slurmctld.pid
SlurmdPidFile=%[1]s/slurmd.%%n.pid
SlurmctldLogFile=%[1]s/slurmctld.log
SlurmdLogFile=%[1]s/slurmd.%%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SlurmdParameters=config_overrides
JobRequeue=1
ReturnToService=2
MinJobAge=300
SlurmdTimeout=10
SlurmctldTimeout=10
KillWait=1
InactiveLimit=0
WaitTime=0
MaxArraySize=1001
PropagateResourceLimits=NONE
`, dir, host, user, ports[0])
	for i, port := range ports[1:] {
		fmt.Fprintf(&b, "NodeName=n%d NodeHostname=%s NodeAddr=127.0.0.1 Port=%d CPUs=1 RealMemory=1000 State=UNKNOWN\n", i+1, host, port)
	}
	b.WriteString("PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE DefMemPerCPU=400 OverSubscribe=NO State=UP\n")
	return b.String()
}

// freePorts finds n ports on which nothing listens here, below those that the system
// gives to clients; tests that run at once begin elsewhere.
func freePorts(n int) ([]int, error) {
	var ports []int
	for port := 20000 + os.Getpid()*37%10000; len(ports) < n; port++ {
		if port == 32768 {
			return nil, fmt.Errorf("loopback: fewer than %d free ports below 32768", n)
		}
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			continue
		}
		l.Close()
		ports = append(ports, port)
	}
	return ports, nil
}
