using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>One line of a demo script. <see cref="Text"/> is safe to print: PIN digits are masked in it.</summary>
internal abstract record Step(int Line, string Text);

/// <summary>Presents a card once the reader's ready light is on.</summary>
internal sealed record CardStep(int Line, string Text, string Number) : Step(Line, Text);

/// <summary>Types digits and <c>#</c> on the reader's keypad.</summary>
internal sealed record PinStep(int Line, string Text, string Digits) : Step(Line, Text);

/// <summary>Waits for the decision of the last card.</summary>
internal sealed record ExpectStep(int Line, string Text, DecisionCode Code, Source Source) : Step(Line, Text);

/// <summary>Checks the door or lays hands on it.</summary>
internal sealed record DoorStep(int Line, string Text, DoorAction Action) : Step(Line, Text);

/// <summary>Breaks or mends the network between node and register.</summary>
internal sealed record NetworkStep(int Line, string Text, NetworkAction Action) : Step(Line, Text);

/// <summary>Bans a patron or lifts the ban.</summary>
internal sealed record BanStep(int Line, string Text, string Customer, BanKind Kind, bool Lift) : Step(Line, Text);

/// <summary>Pulls or plugs the reader's cable.</summary>
internal sealed record ReaderStep(int Line, string Text, bool Plug) : Step(Line, Text);

/// <summary>Kills or starts a program.</summary>
internal sealed record ProgramStep(int Line, string Text, ProgramName Program, bool Start) : Step(Line, Text);

/// <summary>Lends, returns or renews an item at a checkout machine; a return names no card.</summary>
internal sealed record MachineStep(int Line, string Text, MachineAction Action, string Card, string Item, bool Refused) : Step(Line, Text);

/// <summary>Waits.</summary>
internal sealed record WaitStep(int Line, string Text, TimeSpan Time) : Step(Line, Text);

/// <summary>Waits until everything that happened is known upstream, once.</summary>
internal sealed record SettledStep(int Line, string Text) : Step(Line, Text);

/// <summary>A comment; shown, not done.</summary>
internal sealed record CommentStep(int Line, string Text) : Step(Line, Text);

/// <summary>What a script checks at the door or does to it.</summary>
internal enum DoorAction
{
    /// <summary>The lock was unlocked since the last card.</summary>
    Unlocked,

    /// <summary>The lock is locked.</summary>
    Locked,

    /// <summary>The leaf is open.</summary>
    Open,

    /// <summary>The leaf is closed.</summary>
    Closed,

    /// <summary>Somebody pushes the leaf open and lets it fall shut; a held leaf is let go.</summary>
    Push,

    /// <summary>Somebody opens the leaf and holds it.</summary>
    Hold,

    /// <summary>Somebody breaks the leaf open without an unlock.</summary>
    Force,
}

/// <summary>What is done at a checkout machine.</summary>
internal enum MachineAction
{
    /// <summary>An item is lent.</summary>
    Checkout,

    /// <summary>An item is returned.</summary>
    Checkin,

    /// <summary>A loan is renewed.</summary>
    Renew,
}

/// <summary>What happens to the network.</summary>
internal enum NetworkAction
{
    /// <summary>Bytes vanish, sockets stay open.</summary>
    Cut,

    /// <summary>Sockets close, new ones are refused.</summary>
    Reset,

    /// <summary>The network is whole again.</summary>
    Restore,
}

/// <summary>The programs that a script kills and starts.</summary>
internal enum ProgramName
{
    /// <summary>The branch's node.</summary>
    Node,

    /// <summary>The register.</summary>
    Register,
}
