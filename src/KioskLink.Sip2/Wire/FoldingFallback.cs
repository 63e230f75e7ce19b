using System.Text;

namespace KioskLink.Sip2.Wire;

/// <summary>Writes a letter that an encoding lacks without its marks, and `?` for what has no such letter.</summary>
internal sealed class FoldingFallback : EncoderFallback
{
    public override int MaxCharCount => LetterFolding.Longest;

    public override EncoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

    private sealed class Buffer : EncoderFallbackBuffer
    {
        private string _folded = "";
        private int _next;

        public override int Remaining => _folded.Length - _next;

        public override bool Fallback(char charUnknown, int index) => Begin(LetterFolding.Of(charUnknown));

        public override bool Fallback(char charUnknownHigh, char charUnknownLow, int index) => Begin(LetterFolding.Unknown);

        public override char GetNextChar() => _next < _folded.Length ? _folded[_next++] : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
                return false;
            _next--;
            return true;
        }

        public override void Reset() => (_folded, _next) = ("", 0);

        private bool Begin(string folded)
        {
            (_folded, _next) = (folded, 0);
            return folded.Length > 0;
        }
    }
}
