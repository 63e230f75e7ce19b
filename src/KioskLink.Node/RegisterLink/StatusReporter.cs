using Grpc.Core;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Journal;
using KioskLink.Node.Replica;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.RegisterLink;

/// <summary>Tells the register how the node is, on the connection of decisions: so a report also proves that decisions would get through.</summary>
internal sealed class StatusReporter(RegisterChannels channels, NodeReplica replica, NodeJournal journal, Alarms alarms, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>Where the doors' states come from; set by the doors.</summary>
    public Func<IEnumerable<DoorState>> Doors { get; set; } = () => [];

    /// <summary>Reports every door, and says whether the register took it.</summary>
    /// <param name="commandId">The command that this answers; empty for a plain report.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<bool> ReportAsync(string commandId, CancellationToken cancellation) => ReportAsync(commandId, Doors(), cancellation);

    /// <summary>Reports what a command has done to its doors, and says whether the register took it.</summary>
    public Task<bool> ReportAsync(string commandId, IEnumerable<DoorState> doors, CancellationToken cancellation) => SendAsync(Report(commandId, doors), cancellation);

    /// <summary>Reports what the node holds of a card, and says whether the register took it.</summary>
    public Task<bool> ReportAsync(string commandId, TokenHoldings holdings, CancellationToken cancellation)
    {
        var report = Report(commandId, Doors());
        report.Holdings = holdings;
        return SendAsync(report, cancellation);
    }

    /// <summary>Reports how lines, devices and doors are, and says whether the register took it.</summary>
    public Task<bool> ReportAsync(string commandId, NodeDiagnosis diagnosis, CancellationToken cancellation)
    {
        var report = Report(commandId, Doors());
        report.Diagnosis = diagnosis;
        return SendAsync(report, cancellation);
    }

    /// <summary>Reports how far a work on devices is, and says whether somebody still waits for it.</summary>
    public async Task<bool> ReportAsync(string commandId, DeviceActReport work, CancellationToken cancellation)
    {
        var report = Report(commandId, Doors());
        report.DeviceAct = work;
        try
        {
            return !(await channels.Reports.ReportStatusAsync(report, deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: cancellation)).Unwanted;
        }
        catch (Exception gone) when (gone is RpcException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task<bool> SendAsync(ReportStatusRequest report, CancellationToken cancellation)
    {
        try
        {
            await channels.Reports.ReportStatusAsync(report, deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: cancellation);
            return true;
        }
        catch (RpcException error)
        {
            return Refusal.IsAnswer(error);
        }
        catch (ObjectDisposedException)
        {
            // The connection was exchanged for a fresh one meanwhile.
            return false;
        }
    }

    private ReportStatusRequest Report(string commandId, IEnumerable<DoorState> doors)
    {
        var mark = replica.Mark;
        var report = new ReportStatusRequest
        {
            Position = mark.IsComplete ? new Position { Epoch = mark.Epoch, Version = mark.Version } : null,
            Entitlements = replica.Count,
            JournalSequence = journal.LastSequence,
            CommandId = commandId,
        };
        report.Doors.AddRange(doors);
        report.Alarms.AddRange(alarms.Standing);
        report.Standing = alarms.Report();
        return report;
    }
}
