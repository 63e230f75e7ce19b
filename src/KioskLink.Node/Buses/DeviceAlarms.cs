using KioskLink.Devices;

namespace KioskLink.Node.Buses;

/// <summary>What devices and lines tell that a technician must see, and when it is over.</summary>
/// <param name="raise">Raises an alarm: subject, sentence.</param>
/// <param name="clear">Clears the alarm of a subject.</param>
/// <param name="placeOf">What hangs on an input; null for one that nothing uses.</param>
internal sealed class DeviceAlarms(Action<string, string> raise, Action<string> clear, Func<InputLineReported, string?> placeOf)
{
    /// <summary>Takes an event of any device or line.</summary>
    public void Take(DeviceEvent happened)
    {
        var id = happened.SourceId;
        switch (happened)
        {
            case PortLost lost:
                raise($"port {id}", lost.Sentence);
                break;
            case PortBack:
                clear($"port {id}");
                break;
            case DeviceOffline:
                raise($"device {id}", $"Device {id} does not answer: check its supply, its cable and its address.");
                break;
            case DeviceOnline online:
                clear($"device {id}");
                clear($"key {id}");
                Tell(online);
                break;
            case ReaderReported reader:
                Tell(reader);
                break;
            case KeyAlarm alarm:
                raise($"key {id}", $"Device {id}: {Explain(alarm.Reason)}");
                break;
            case InputLineReported line when placeOf(line) is { } place:
                Tell(line, place);
                break;
            case TamperChanged tamper:
                Tell(tamper);
                break;
            case RelockReported relock:
                Tell(relock);
                break;
        }
    }

    /// <summary>What is wrong with a device's key, and how to mend it.</summary>
    public static string Explain(KeyAlarmReason reason) => reason switch
    {
        KeyAlarmReason.KeyMismatch => "it holds another key than the node: it was swapped or reset; check it on the spot and set its key anew.",
        KeyAlarmReason.WrongKeyKind => "it still uses its install key: write \"secure\": \"install\" and a later \"installUntil\", and start the node again.",
        KeyAlarmReason.SecureChannelRefused => "it refuses a secure channel: it has lost its key or cannot do one; set its key anew or accept clear text by name.",
        KeyAlarmReason.ClearReply => "something answered in clear text inside a secure session: look for a foreign device on the line.",
        _ => "the time for giving it its own key is over: write a later \"installUntil\" and start the node again.",
    };

    private void Tell(DeviceOnline online)
    {
        var id = online.SourceId;
        if (online.Security == SessionSecurity.InstallKey)
            raise($"install {id}", $"Device {id} uses the install key that everyone knows: what is read at it opens nothing until it has its own key.");
        else
            clear($"install {id}");
    }

    private void Tell(ReaderReported reader)
    {
        var subject = $"reader {reader.SourceId} {reader.Reader}";
        if (reader.State == ReaderState.InOrder)
            clear(subject);
        else
            raise(subject, $"Device {reader.SourceId}: its reader {reader.Reader} is {(reader.State == ReaderState.NotConnected ? "not connected" : "open or torn off")}: look at it on the spot.");
    }

    private void Tell(InputLineReported line, string place)
    {
        var subject = $"line {line.SourceId} {line.Input}";
        if (line.InOrder)
            clear(subject);
        else
            raise(subject, $"Input {line.Input} of device {line.SourceId}, {place}: its line is cut or shorted, so that it tells nothing: check the wires, and the resistors at their end.");
    }

    private void Tell(RelockReported relock)
    {
        var id = relock.SourceId;
        if (relock.Refused)
            raise($"relock {id}", $"Device {id} refuses to lock: a door of it may be open; lock it by hand, and check that the device has the outputs that node.json names.");
        else
            clear($"relock {id}");
    }

    private void Tell(TamperChanged tamper)
    {
        var id = tamper.SourceId;
        if (tamper.Tampered)
            raise($"tamper {id}", $"Device {id}: its housing is open or it was torn off: look at it on the spot.");
        else
            clear($"tamper {id}");
        if (tamper.PowerFault)
            raise($"power {id}", $"Device {id}: its supply is at fault: check its power.");
        else
            clear($"power {id}");
    }
}
