using KioskLink.Register.Nodes;
using KioskLink.Register.Store;
using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>Sees by the register's own clock which nodes are silent and whose certificate ends. Used by one loop.</summary>
internal sealed class NodeWatch(RegisterCore core, NodeDirectory directory, NodeSessions sessions, NodeConfirmations confirmations, AlarmDesk desk)
{
    /// <summary>A certificate that ends within this time was not renewed when it should have been.</summary>
    public static readonly Duration CertificateDue = Duration.FromDays(14);

    private static readonly string Line = AlarmSubjects.OfRegister("line", "");

    private readonly Dictionary<string, Instant> _lastUp = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _ending = new(StringComparer.Ordinal);
    private bool? _cutOff;

    /// <summary>Looks at the streams.</summary>
    public void LookAtStreams()
    {
        var now = core.Now();
        foreach (var node in directory.All)
        {
            Note(node, now);
        }

        var silence = NodeSilence.Of(_lastUp, now);
        Tell(_cutOff, silence.IsCutOff, AlarmPlace.Register, AlarmKind.RegisterCutOff, Line, "Most nodes went silent at once: look at the register's own line first.");
        _cutOff = silence.IsCutOff;
        foreach (var node in directory.All.Where(node => _lastUp.ContainsKey(node.NodeId)))
        {
            var isSilent = silence.Silent.Contains(node.NodeId);
            bool? before = _told.TryGetValue(node.NodeId, out var told) ? told : null;
            Tell(before, isSilent, PlaceOf(node), AlarmKind.NodeSilent, AlarmSubjects.OfRegister("node", node.NodeId), $"Node {node.NodeId} does not answer: check the branch's network and the node's power.");
            _told[node.NodeId] = isSilent;
        }
    }

    /// <summary>Looks at the certificates.</summary>
    public void LookAtCertificates()
    {
        var due = core.Now() + CertificateDue;
        foreach (var node in directory.All)
        {
            var isEnding = !node.Revoked && node.CertificateEnds <= due;
            bool? before = _ending.TryGetValue(node.NodeId, out var told) ? told : null;
            Tell(before, isEnding, PlaceOf(node), AlarmKind.Certificate, AlarmSubjects.OfRegister("certificate", node.NodeId), $"The certificate of node {node.NodeId} ends soon and was not renewed: look at the node, or enrol it again.");
            _ending[node.NodeId] = isEnding;
        }
    }

    // A node that never came is not missed.
    private void Note(EnrolledNode node, Instant now)
    {
        if (node.Revoked)
        {
            if (_lastUp.Remove(node.NodeId)) desk.Clear(PlaceOf(node), AlarmSubjects.OfRegister("node", node.NodeId));
            _told.Remove(node.NodeId);
        }
        else if (sessions.IsOpen(node.NodeId, SessionKind.Sync))
        {
            _lastUp[node.NodeId] = now;
        }
        else if (confirmations.Last(node.NodeId) is not null)
        {
            _lastUp.TryAdd(node.NodeId, now);
        }
    }

    // At the first look after a start both states are told: the other may be left from before.
    private void Tell(bool? before, bool isWrong, AlarmPlace place, AlarmKind kind, string subject, string sentence)
    {
        if (before == isWrong) return;
        if (isWrong)
            desk.Raise(place, kind, subject, sentence);
        else
            desk.Clear(place, subject);
    }

    private static AlarmPlace PlaceOf(EnrolledNode node) => new(node.BranchId, node.NodeId);
}
